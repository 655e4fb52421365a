package dev.thaw.flinkjobs.traintabular;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
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
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Teaches, per domain, a network where items stand in the run's factor space by their attributes
 * and categories: the tabular part of an encoder. No other job reads it; an encoder is given a copy
 * by its path, since every item is encoded anew when it changes.
 */
public final class TrainTabular {
  /** Name of the job. */
  public static final String NAME = "train-tabular";

  /** The parameter that asks for it. */
  public static final String ENABLED = NAME + ".enabled";

  /** Items with interactions; fewer can't teach a network. */
  static final int MIN_ITEMS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(TrainTabular.class);

  private final TrainingSettings settings;
  private final TabularConfig config;
  private final double targetRidge;
  private final RunArtefacts artefacts;

  private TrainTabular(TrainingSettings settings) {
    this.settings = settings;
    this.config = config(settings);
    this.targetRidge = settings.parameter(NAME + ".target_ridge", 0.03);
    this.artefacts = RunArtefacts.open(settings);
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
    return TrainingOperator.apply(
        NAME,
        records,
        settings.domains(),
        (data, out) -> new TrainTabular(settings).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    for (DomainId domain : data.domains()) {
      artefacts.factors(domain).ifPresent(factors -> train(data, domain, factors, out));
    }
  }

  private void train(
      TrainingData data,
      DomainId domain,
      ArtefactSet.Versioned<FactorModel> factors,
      Consumer<String> out) {
    Interactions positives = data.positives(domain).orElseThrow();
    long able =
        positives.items().all().stream()
            .filter(item -> data.catalogue(domain).containsKey(item))
            .filter(item -> data.interactionsWith(item) > 0)
            .count();
    if (able < MIN_ITEMS) {
      String why =
          "no tabular encoder of "
              + domain
              + ": needs "
              + MIN_ITEMS
              + " items with interactions and a record, there are "
              + able;
      LOG.info(why);
      out.accept(why);
      return;
    }
    TabularTrainer.Run run =
        new TabularTrainer(config, settings.threads())
            .run(
                new TabularData(positives, factors.model(), data.catalogue(domain), targetRidge),
                settings.random(NAME + domain));
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
    out.accept(ref + " over " + factors.version() + ", " + run.metrics());
  }
}
