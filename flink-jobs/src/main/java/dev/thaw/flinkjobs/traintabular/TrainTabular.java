package dev.thaw.flinkjobs.traintabular;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.DomainTraining;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.tabular.TabularConfig;
import dev.thaw.models.tabular.TabularData;
import dev.thaw.models.tabular.TabularTrainer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Teaches, per domain, a network where items stand in the run's factor space by their attributes
 * and categories: the tabular part of an encoder. No other job reads it; an encoder is given a copy
 * by its path, since every item is encoded anew when it changes.
 */
public final class TrainTabular implements DomainTraining {
  /** Name of the job. */
  public static final String NAME = "train-tabular";

  /** The parameter that asks for it. */
  public static final String ENABLED = NAME + ".enabled";

  private final TrainingSettings settings;
  private final TabularConfig config;
  private final double targetRidge;
  private final RunArtefacts artefacts;

  private TrainTabular(TrainingSettings settings, RunArtefacts artefacts) {
    this.settings = settings;
    this.config = config(settings);
    this.targetRidge = settings.parameter(NAME + ".target_ridge", 0.03);
    this.artefacts = artefacts;
  }

  private static TabularConfig config(TrainingSettings settings) {
    TabularConfig base = TabularConfig.DEFAULT;
    return new TabularConfig(
        settings.intParameter(NAME + ".hidden", base.hidden()),
        settings.intParameter(NAME + ".buckets", base.buckets()),
        settings.intParameter(NAME + ".epochs", base.epochs()),
        base.patience(),
        settings.parameter(NAME + ".learning_rate", base.rate()),
        settings.parameter(NAME + ".decay", base.decay()),
        settings.parameter(NAME + ".dropout", base.dropout()));
  }

  /**
   * Gives out what was written, in words.
   *
   * @param records events and catalogue of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return DomainTraining.build(NAME, records, settings, TrainTabular::new);
  }

  @Override
  public List<ArtefactKind<?>> kinds() {
    return List.of(ArtefactKind.TABULAR);
  }

  @Override
  public List<String> train(TrainingData data, DomainId domain) {
    Optional<ArtefactSet.Versioned<FactorModel>> factors = artefacts.factors(domain);
    return factors.isPresent()
        ? train(data, domain, factors.get())
        : none(domain, "it has no factors in this run");
  }

  private static List<String> none(DomainId domain, String why) {
    return List.of("no tabular encoder of " + domain + ": " + why);
  }

  private List<String> train(
      TrainingData data, DomainId domain, ArtefactSet.Versioned<FactorModel> factors) {
    Interactions positives = data.positives(domain).orElseThrow();
    TabularData known =
        new TabularData(positives, factors.model(), data.catalogue(domain), targetRidge);
    TabularTrainer trainer = new TabularTrainer(config, settings.threads());
    Optional<String> obstacle = trainer.obstacle(known);
    if (obstacle.isPresent()) {
      return none(domain, obstacle.get());
    }
    TabularTrainer.Run run = trainer.run(known, settings.random(NAME + domain));
    Map<String, String> params = new HashMap<>(config.toMap());
    params.put("factors", factors.version());
    params.put("target_ridge", "" + targetRidge);
    ArtefactRef ref =
        artefacts.write(
            ArtefactKind.TABULAR,
            run.model(),
            "tabular-network",
            params,
            positives.dataHash(),
            run.metrics());
    return List.of(ref + " over " + factors.version() + ", " + run.metrics());
  }
}
