package dev.thaw.flinkjobs.trainsequences;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SasrecModel;
import dev.thaw.models.sequential.training.SasrecTrainer;
import dev.thaw.models.sequential.training.TrainedNetwork;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns, per domain whose likes have an order, what is liked next.
 *
 * <p>A training that diverges is said with step and learning rate, and what serves now is taken
 * over into the run.
 */
public final class TrainSequences {
  /** Name of the job. */
  public static final String NAME = "train-sequences";

  private static final Logger LOG = LoggerFactory.getLogger(TrainSequences.class);

  private final TrainingSettings settings;
  private final SasrecConfig config;
  private final RunArtefacts artefacts;

  private TrainSequences(TrainingSettings settings) {
    this.settings = settings;
    this.config = SequenceParameters.of(settings);
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * Gives out what was written, in words.
   *
   * @param records events of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return TrainingOperator.apply(
        NAME,
        records,
        settings.domains(),
        (data, out) -> new TrainSequences(settings).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    for (DomainId domain : data.domains()) {
      DomainDefinition definition = data.definitions().get(domain).orElseThrow();
      RatingScale scale = RatingScale.of(definition);
      Interactions interactions = data.interactions(domain).orElseThrow();
      Optional<String> obstacle = LikedSequences.obstacle(interactions, scale);
      if (obstacle.isPresent()) {
        String why = "no sequential model of " + domain + ": " + obstacle.get();
        LOG.info("{}", why);
        out.accept(why);
      } else {
        train(interactions, scale, out);
      }
    }
  }

  private void train(Interactions interactions, RatingScale scale, Consumer<String> out) {
    DomainId domain = interactions.domain();
    SplittableRandom random = settings.random(NAME + domain);
    try {
      TrainedNetwork<SasrecModel> trained =
          new SasrecTrainer(config, TrainSequences::log)
              .run(LikedSequences.of(interactions, scale, random), random);
      ArtefactRef model =
          artefacts.write(
              ArtefactKind.SEQUENTIAL,
              trained.model(),
              trained.model().name(),
              config.toMap(),
              interactions.dataHash(),
              trained.metrics());
      out.accept(model + ", held out " + trained.metrics());
    } catch (TrainingDivergedException diverged) {
      keepLast(domain, diverged, out);
    }
  }

  private void keepLast(DomainId domain, TrainingDivergedException diverged, Consumer<String> out) {
    String stays =
        artefacts
            .keepActive(ArtefactKind.SEQUENTIAL, ArtefactKind.scope(domain))
            .map(kept -> kept + " stays")
            .orElse("no model of " + domain + " yet");
    LOG.error("{}: {}", diverged.getMessage(), stays, diverged);
    out.accept(diverged.getMessage() + ": " + stays);
  }

  private static void log(String what, int done, int of) {
    LOG.debug("{}: {} of {}", what, done, of);
  }
}
