package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.training.TrainingDivergedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training job that does the same for each domain by itself and says in words what came of it.
 */
public interface DomainTraining {
  /** What it may write of a domain. */
  List<ArtefactKind<?>> kinds();

  /**
   * Trains for one domain.
   *
   * @return what was written, or why nothing was
   * @throws TrainingDivergedException if a training diverges
   */
  List<String> train(TrainingData data, DomainId domain);

  /** Begins a training in the task where it runs. */
  @FunctionalInterface
  interface Beginning extends Serializable {
    DomainTraining begin(TrainingSettings settings, RunArtefacts artefacts);
  }

  /**
   * The job. A training that diverges is said with step and learning rate, and what serves of the
   * domain is taken over into the run; the other domains are trained all the same.
   *
   * @param records of all domains; bounded
   */
  static DataStream<String> build(
      String name,
      DataStream<TrainingRecord> records,
      TrainingSettings settings,
      Beginning beginning) {
    return TrainingOperator.apply(
        name,
        records,
        settings.domains(),
        (data, out) -> {
          RunArtefacts artefacts = RunArtefacts.open(settings);
          DomainTraining training = beginning.begin(settings, artefacts);
          for (DomainId domain : data.domains()) {
            train(training, artefacts, data, domain, out);
          }
        },
        Types.STRING);
  }

  private static void train(
      DomainTraining training,
      RunArtefacts artefacts,
      TrainingData data,
      DomainId domain,
      Consumer<String> out) {
    Logger log = LoggerFactory.getLogger(training.getClass());
    try {
      for (String said : training.train(data, domain)) {
        log.info("{}", said);
        out.accept(said);
      }
    } catch (TrainingDivergedException diverged) {
      String stays = kept(training, artefacts, domain);
      log.error("{}: {}", diverged.getMessage(), stays, diverged);
      out.accept(diverged.getMessage() + ": " + stays);
    }
  }

  private static String kept(DomainTraining training, RunArtefacts artefacts, DomainId domain) {
    List<ArtefactRef> kept = new ArrayList<>();
    for (ArtefactKind<?> kind : training.kinds()) {
      artefacts.keepActive(kind, ArtefactKind.scope(domain)).ifPresent(kept::add);
    }
    return kept.isEmpty() ? "no model of " + domain + " yet" : kept + " stays";
  }
}
