package dev.thaw.flinkjobs.trainsequences;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.DomainTraining;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.sequential.training.TrainedNetwork;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns, per domain whose likes have an order, what is liked next. */
public final class TrainSequences implements DomainTraining {
  /** Name of the job. */
  public static final String NAME = "train-sequences";

  private static final Logger LOG = LoggerFactory.getLogger(TrainSequences.class);

  private final TrainingSettings settings;
  private final SequentialTrainer trainer;
  private final RunArtefacts artefacts;

  private TrainSequences(TrainingSettings settings, RunArtefacts artefacts) {
    this.settings = settings;
    this.trainer = SequenceParameters.trainer(settings, TrainSequences::log);
    this.artefacts = artefacts;
  }

  /**
   * Gives out what was written, in words.
   *
   * @param records events of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return DomainTraining.build(NAME, records, settings, TrainSequences::new);
  }

  @Override
  public List<ArtefactKind<?>> kinds() {
    return List.of(ArtefactKind.SEQUENTIAL);
  }

  @Override
  public List<String> train(TrainingData data, DomainId domain) {
    RatingScale scale = RatingScale.of(data.definitions().get(domain).orElseThrow());
    Interactions interactions = data.interactions(domain).orElseThrow();
    Optional<String> obstacle = LikedSequences.obstacle(interactions, scale);
    if (obstacle.isPresent()) {
      return List.of("no sequential model of " + domain + ": " + obstacle.get());
    }
    SplittableRandom random = settings.random(NAME + domain);
    TrainedNetwork trained = trainer.run(LikedSequences.of(interactions, scale, random), random);
    ArtefactRef model =
        artefacts.write(
            ArtefactKind.SEQUENTIAL,
            trained.model(),
            trained.model().name(),
            trainer.parameters(),
            interactions.dataHash(),
            trained.metrics());
    return List.of(model + ", held out " + trained.metrics());
  }

  private static void log(String what, int done, int of) {
    LOG.debug("{}: {} of {}", what, done, of);
  }
}
