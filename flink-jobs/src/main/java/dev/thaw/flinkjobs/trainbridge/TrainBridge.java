package dev.thaw.flinkjobs.trainbridge;

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
import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.PairFamily;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.served.ServedFallbacks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a bridge for every configured pair of domains with overlap users, lets the
 * negative-transfer gate decide over all of them together, and maps all users of the sources that
 * have an enabled bridge. The gate's two numbers, the p-value, what it is among all pairs, and
 * their number go into the provenance. A pair without enough overlap has no bridge, and the job
 * says so.
 */
public final class TrainBridge {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String NAME = "train-bridge";

  public static final String VIEW = "user_mapped";

  private static final Logger LOG = LoggerFactory.getLogger(TrainBridge.class);

  private final TrainingSettings settings;
  private final PairTraining training;
  private final RunArtefacts artefacts;

  private TrainBridge(TrainingSettings settings) {
    this.settings = settings;
    this.training = new PairTraining(settings);
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * @param records events of all domains and profiles; bounded
   */
  public static void build(
      DataStream<TrainingRecord> records, TrainingSettings settings, Sink<ViewRow> toStore) {
    LoggedStore.write(
            TrainingOperator.apply(
                NAME,
                records,
                settings.domains(),
                (data, out) -> new TrainBridge(settings).train(data, out),
                StreamTypes.VIEW_ROW),
            toStore,
            "store")
        .setParallelism(1);
  }

  private void train(TrainingData data, Consumer<ViewRow> out) {
    Optional<ArtefactSet> active = artefacts.active();
    Map<DomainId, List<MappedUsers.From>> sources = new HashMap<>();
    for (Pair pair : decided(data)) {
      sources.computeIfAbsent(pair.target(), target -> new ArrayList<>()).add(write(pair));
    }
    for (DomainId target : data.domains()) {
      new MappedUsers(data, target, sources.getOrDefault(target, List.of()), active).rows(out);
    }
  }

  /**
   * A pair with its trained bridge.
   *
   * @param overlap users of both domains
   * @param parameters for the provenance
   */
  private record Pair(
      BridgeData data,
      String sourceVersion,
      String targetVersion,
      int overlap,
      GatedBridge bridge,
      Map<String, String> parameters) {
    DomainId source() {
      return data.source().domain();
    }

    DomainId target() {
      return data.target().domain();
    }

    Pair with(GatedBridge decided) {
      return new Pair(data, sourceVersion, targetVersion, overlap, decided, parameters);
    }
  }

  /** All pairs of the run: each is trained before any is decided. */
  private List<Pair> decided(TrainingData data) {
    PairFamily.requireSize(PairFamily.size(data.definitions(), data::interactions));
    List<Pair> alone = new ArrayList<>();
    for (DomainId target : data.domains()) {
      for (DomainId source : data.definitions().get(target).orElseThrow().sources()) {
        trained(data, source, target).ifPresent(alone::add);
      }
    }
    List<GatedBridge> bridges =
        PairFamily.decide(alone.stream().map(Pair::bridge).toList(), alone.size());
    return IntStream.range(0, bridges.size())
        .mapToObj(pair -> alone.get(pair).with(bridges.get(pair)))
        .toList();
  }

  private Optional<Pair> trained(TrainingData data, DomainId source, DomainId target) {
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
    BridgeData pair =
        new BridgeData(
            from.get(), to.get(), met, sourceModel.get().model(), targetModel.get().model());
    PairTraining.Trained trained = training.train(pair, fallbacks(data, target));
    return Optional.of(
        new Pair(
            pair,
            sourceModel.get().version(),
            targetModel.get().version(),
            overlap,
            trained.bridge(),
            trained.parameters()));
  }

  /** What serving would answer by without a bridge. */
  private Fallbacks fallbacks(TrainingData data, DomainId target) {
    return new ServedFallbacks(
        data.profiles(),
        data.definitions().get(target).orElseThrow().attributes(),
        settings.threads(),
        settings.seed());
  }

  private MappedUsers.From write(Pair pair) {
    GateDecision gate = pair.bridge.decision();
    Map<String, String> parameters = new HashMap<>(pair.parameters);
    parameters.put("source_factors", pair.sourceVersion);
    parameters.put("target_factors", pair.targetVersion);
    parameters.put("min_source_interactions", "" + gate.minSourceInteractions());
    ArtefactRef written =
        artefacts.write(
            ArtefactKind.BRIDGE,
            pair.bridge,
            pair.bridge.bridge().name(),
            parameters,
            pair.data.source().dataHash().substring(0, 32)
                + pair.data.met().dataHash().substring(0, 32),
            metrics(gate, pair.overlap));
    LOG.info(
        "bridge {} -> {} {} as {}: {} {} against {} target-only, difference {}, {}",
        pair.source(),
        pair.target(),
        gate.enabled() ? "enabled" : "disabled",
        gate.reason(),
        gate.metric(),
        gate.bridged(),
        gate.targetOnly(),
        gate.difference(),
        gate.test());
    return new MappedUsers.From(
        pair.source(),
        pair.bridge,
        written.version(),
        pair.data.sourceModel(),
        pair.data.targetModel().userSpace(pair.targetVersion));
  }

  private static Map<String, Double> metrics(GateDecision gate, int overlap) {
    return Map.of(
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
        "p_value",
        gate.test().p(),
        "p_value_among_pairs",
        gate.test().adjusted(),
        "pairs",
        (double) gate.test().pairs(),
        "enabled",
        gate.enabled() ? 1.0 : 0.0);
  }
}
