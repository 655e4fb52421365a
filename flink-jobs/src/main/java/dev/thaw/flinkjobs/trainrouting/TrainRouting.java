package dev.thaw.flinkjobs.trainrouting;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns, per domain, number of known items and whether a mapped vector may be used, which method
 * ranks best for users held out of all models' training, by {@link RoutingTrainer}. It trains the
 * models anew for that and needs none of the run's. The figures go into the artefact, which serving
 * obeys and its explanations quote.
 */
public final class TrainRouting {
  /** Name of the job. */
  public static final String NAME = "train-routing";

  /** Parameter names, below {@code jobs.parameters}. */
  public static final String FOLDS = "train-routing.folds";

  /** Users measured at most; with 0 nothing is learned and the tables that serve stay. */
  public static final String USERS = "train-routing.users";

  private static final Logger LOG = LoggerFactory.getLogger(TrainRouting.class);

  private final TrainingSettings settings;
  private final RunArtefacts artefacts;

  private TrainRouting(TrainingSettings settings) {
    this.settings = settings;
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * Gives out what was learned, in words.
   *
   * @param records events of all domains and profiles; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return TrainingOperator.apply(
        NAME,
        records,
        settings.domains(),
        (data, out) -> new TrainRouting(settings).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    int users = settings.intParameter(USERS, RoutingTrainer.MAX_USERS);
    if (users == 0) {
      keep(data, out);
      return;
    }
    RoutingTrainer trainer =
        new RoutingTrainer(
            RoutingPolicy.standard(),
            new ServedTrainer(settings.threads(), settings.seed()),
            settings.intParameter(FOLDS, RoutingTrainer.FOLDS),
            users,
            (what, done, of) -> LOG.info("{}: {} of {}", what, done, of));
    int pairs = PairFamily.size(data.definitions(), data::interactions);
    for (DomainId domain : data.domains()) {
      Optional<ServedData> served =
          served(data, data.definitions().get(domain).orElseThrow(), pairs);
      Optional<RoutingTable> table = served.flatMap(trainer::fit);
      if (table.isEmpty()) {
        LOG.info("no routing learned of {}: it has too few users to hold any out", domain);
      } else {
        out.accept(write(table.get(), served.orElseThrow().interactions().dataHash(), trainer));
      }
    }
  }

  /** The tables that serve go into the run: a set has only what its run names. */
  private void keep(TrainingData data, Consumer<String> out) {
    for (DomainId domain : data.domains()) {
      artefacts
          .keepActive(ArtefactKind.ROUTING, ArtefactKind.scope(domain))
          .ifPresent(kept -> out.accept(kept + " stays, as " + USERS + " is 0"));
    }
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
            Map.of("folds", "" + trainer.folds(), "max_users", "" + trainer.maxUsers()),
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
