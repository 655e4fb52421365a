package dev.thaw.flinkjobs.trainbridge;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a bridge for every configured pair of domains with overlap users, lets the
 * negative-transfer gate decide, and maps all users of the sources that have an enabled bridge. The
 * gate's two numbers go into the provenance. A pair without enough overlap has no bridge, and the
 * job says so.
 */
public final class TrainBridge {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String NAME = "train-bridge";

  public static final String VIEW = "user_mapped";

  private static final Logger LOG = LoggerFactory.getLogger(TrainBridge.class);

  private final PairTraining training;
  private final RunArtefacts artefacts;

  private TrainBridge(TrainingSettings settings) {
    this.training = new PairTraining(settings);
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * @param events of all domains; bounded
   */
  public static void build(
      DataStream<TrainingRecord> events, TrainingSettings settings, Sink<ViewRow> toStore) {
    LoggedStore.write(
            TrainingOperator.apply(
                NAME,
                events,
                settings.domains(),
                (data, out) -> new TrainBridge(settings).train(data, out),
                StreamTypes.VIEW_ROW),
            toStore,
            "store")
        .setParallelism(1);
  }

  private void train(TrainingData data, Consumer<ViewRow> out) {
    Optional<ArtefactSet> active = artefacts.active();
    for (DomainId target : data.domains()) {
      DomainDefinition definition = data.definitions().get(target).orElseThrow();
      List<MappedUsers.From> sources = new ArrayList<>();
      for (DomainId source : definition.sources()) {
        train(data, source, target).ifPresent(sources::add);
      }
      new MappedUsers(data, target, sources, active).rows(out);
    }
  }

  private Optional<MappedUsers.From> train(TrainingData data, DomainId source, DomainId target) {
    Optional<Interactions> from = data.interactions(source);
    Optional<Interactions> to = data.positives(target);
    if (from.isEmpty() || to.isEmpty()) {
      LOG.info("no bridge {} -> {}: nobody likes anything in one of them", source, target);
      return Optional.empty();
    }
    Interactions met = data.interactions(target).orElseThrow();
    int overlap = BridgeData.overlap(from.get(), to.get());
    if (overlap < BridgeTrainer.MIN_OVERLAP) {
      LOG.info(
          "no bridge {} -> {}: {} overlap users, {} needed; its users go the content route",
          source,
          target,
          overlap,
          BridgeTrainer.MIN_OVERLAP);
      return Optional.empty();
    }
    Optional<ArtefactSet.Versioned<FactorModel>> sourceModel = artefacts.factors(source);
    Optional<ArtefactSet.Versioned<FactorModel>> targetModel = artefacts.factors(target);
    if (sourceModel.isEmpty() || targetModel.isEmpty()) {
      LOG.info("no bridge {} -> {}: one of them has no factors in this run", source, target);
      return Optional.empty();
    }
    FactorModel sourceFactors = sourceModel.get().model();
    PairTraining.Trained trained =
        training.train(
            new BridgeData(from.get(), to.get(), met, sourceFactors, targetModel.get().model()));
    GatedBridge bridge = trained.bridge();
    Map<String, String> parameters = new HashMap<>(trained.parameters());
    parameters.put("source_factors", sourceModel.get().version());
    parameters.put("target_factors", targetModel.get().version());
    GateDecision gate = bridge.decision();
    parameters.put("min_source_interactions", "" + gate.minSourceInteractions());
    ArtefactRef written =
        artefacts.write(
            ArtefactKind.BRIDGE,
            bridge,
            bridge.bridge().name(),
            parameters,
            from.get().dataHash().substring(0, 32) + met.dataHash().substring(0, 32),
            Map.of(
                "bridged_" + gate.metric(),
                gate.bridged(),
                "target_only_" + gate.metric(),
                gate.targetOnly(),
                "difference_low",
                gate.difference().low(),
                "difference_high",
                gate.difference().high(),
                "overlap_users",
                (double) overlap,
                "deciding_users",
                (double) gate.difference().users(),
                "enabled",
                gate.enabled() ? 1.0 : 0.0));
    LOG.info(
        "bridge {} -> {} {} as {}: {} {} against {} target-only, difference {}",
        source,
        target,
        gate.enabled() ? "enabled" : "disabled",
        gate.reason(),
        gate.metric(),
        gate.bridged(),
        gate.targetOnly(),
        gate.difference());
    return Optional.of(
        new MappedUsers.From(
            source,
            bridge,
            written.version(),
            sourceFactors,
            targetModel.get().model().userSpace(targetModel.get().version())));
  }
}
