package dev.thaw.flinkjobs.trainrouting;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.DomainTraining;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.flinkjobs.trainsequences.SequenceParameters;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.bridge.PairFamily;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.served.RoutingTrainer;
import dev.thaw.models.served.ServedData;
import dev.thaw.models.served.ServedTrainer;
import dev.thaw.models.served.SourceDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns, per domain, number of known items and whether a mapped vector may be used, which method
 * ranks best for users held out of all models' training, by {@link RoutingTrainer}. It trains the
 * models anew for that and needs none of the run's. The figures go into the artefact, which serving
 * obeys and its explanations quote.
 */
public final class TrainRouting implements DomainTraining {
  /** Name of the job. */
  public static final String NAME = "train-routing";

  /** Parameter names, below {@code jobs.parameters}. */
  public static final String FOLDS = "train-routing.folds";

  /** Users measured at most; with 0 nothing is learned and the tables that serve stay. */
  public static final String USERS = "train-routing.users";

  /** Whether a sequential model, trained anew for each fold, is among the methods. */
  public static final String SEQUENTIAL = "train-routing.sequential";

  private static final Logger LOG = LoggerFactory.getLogger(TrainRouting.class);

  private final RunArtefacts artefacts;
  private final int users;
  private final ServedTrainer models;
  private final int folds;

  private TrainRouting(TrainingSettings settings, RunArtefacts artefacts) {
    this.artefacts = artefacts;
    this.users = settings.intParameter(USERS, RoutingTrainer.MAX_USERS);
    this.folds = settings.intParameter(FOLDS, RoutingTrainer.FOLDS);
    ServedTrainer served = new ServedTrainer(settings.threads(), settings.seed());
    this.models =
        settings.flag(SEQUENTIAL, false)
            ? served.with(SequenceParameters.trainer(settings, TrainRouting::log))
            : served;
  }

  /**
   * Gives out what was learned, in words.
   *
   * @param records events of all domains and profiles; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return DomainTraining.build(NAME, records, settings, TrainRouting::new);
  }

  @Override
  public List<ArtefactKind<?>> kinds() {
    return List.of(ArtefactKind.ROUTING);
  }

  @Override
  public List<String> train(TrainingData data, DomainId domain) {
    if (users == 0) {
      // a set has only what its run names
      return artefacts
          .keepActive(ArtefactKind.ROUTING, ArtefactKind.scope(domain))
          .map(kept -> kept + " stays, as " + USERS + " is 0")
          .stream()
          .toList();
    }
    RoutingTrainer trainer =
        new RoutingTrainer(RoutingPolicy.standard(), models, folds, users, TrainRouting::log);
    int pairs = PairFamily.size(data.definitions(), data::interactions);
    Optional<ServedData> served = served(data, data.definitions().get(domain).orElseThrow(), pairs);
    Optional<RoutingTable> table = served.flatMap(trainer::fit);
    return List.of(
        table.isEmpty()
            ? "no routing learned of " + domain + ": it has too few users to hold any out"
            : write(table.get(), served.orElseThrow().interactions().dataHash(), trainer));
  }

  private static void log(String what, int done, int of) {
    LOG.info("{}: {} of {}", what, done, of);
  }

  private String write(RoutingTable table, String hash, RoutingTrainer trainer) {
    Map<String, Double> metrics = new TreeMap<>();
    for (RoutingTable.Cell cell : table.cells()) {
      String name = "from_" + cell.from() + (cell.mapped() ? "_mapped" : "");
      metrics.put(name + "_configured_ndcg@10", cell.ndcg());
      metrics.put(name + "_users", (double) cell.users());
    }
    ArtefactRef ref =
        artefacts.write(
            ArtefactKind.ROUTING,
            table,
            NAME,
            Map.of(
                "folds", "" + trainer.folds(),
                "max_users", "" + trainer.maxUsers(),
                "sequential", "" + (models.sequences() != null)),
            hash,
            metrics);
    table.toMap().forEach((cell, figures) -> LOG.info("{} {}: {}", ref, cell, figures));
    return ref + ": " + table.toMap();
  }

  private static Optional<ServedData> served(
      TrainingData data, DomainDefinition definition, int pairs) {
    return data.interactions(definition.name())
        .filter(all -> all.size() > 0)
        .map(
            all -> {
              Map<DomainId, SourceDomain> sources = new HashMap<>();
              for (DomainId source : definition.sources()) {
                data.interactions(source)
                    .filter(there -> there.size() > 0)
                    .ifPresent(there -> sources.put(source, source(data, source, there)));
              }
              return new ServedData(
                  all,
                  RatingScale.of(definition),
                  sources,
                  data.profiles(),
                  definition.attributes(),
                  null,
                  pairs);
            });
  }

  private static SourceDomain source(TrainingData data, DomainId domain, Interactions there) {
    return new SourceDomain(there, RatingScale.of(data.definitions().get(domain).orElseThrow()));
  }
}
