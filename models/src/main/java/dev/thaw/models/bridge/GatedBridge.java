package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.kernel.RankingSpace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bridge with the decision whether it may be used; the artefact of one domain pair. */
public record GatedBridge(Bridge bridge, GateDecision decision) {
  /**
   * What the bridge says of a user. The array is not copied and must not be changed.
   *
   * @param vector in the target's factor space
   * @param place in the ranking space of the bridge, null where it has none
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Mapped(UserVector vector, float @Nullable [] place) {}

  /**
   * Empty if the pair is disabled, or the source history is too short or tells the bridge nothing.
   */
  public Optional<Mapped> map(History sourceHistory, FactorModel sourceModel) {
    if (!decision.admits(sourceHistory.entries().size())) {
      return Optional.empty();
    }
    if (bridge instanceof PlacingBridge placing) {
      return placing.knows(sourceHistory)
          ? Optional.of(placing.located(sourceHistory, sourceModel))
          : Optional.empty();
    }
    return Optional.of(new Mapped(bridge.map(sourceHistory, sourceModel), null));
  }

  /** Where the bridge ranks, if not by the target's factors. */
  public Optional<RankingSpace> rankingSpace() {
    return bridge instanceof PlacingBridge placing
        ? Optional.of(placing.space())
        : Optional.empty();
  }

  /**
   * The name of that space, which goes with the vectors.
   *
   * @param version of this artefact
   */
  public Optional<VectorSpace> rankingSpace(String version) {
    return rankingSpace()
        .map(
            space ->
                new VectorSpace(
                    "bridge." + bridge.source() + "." + bridge.target(),
                    version,
                    space.rank(),
                    Metric.INNER_PRODUCT));
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    decision.write(out);
    write(bridge, out);
  }

  /** Its name, then all of it. */
  static void write(Bridge bridge, BinaryWriter out) {
    out.writeText(bridge.name());
    bridge.write(out);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static GatedBridge read(BinaryReader in) {
    GateDecision decision = GateDecision.read(in);
    return new GatedBridge(readBridge(in), decision);
  }

  static Bridge readBridge(BinaryReader in) {
    String name = in.readText();
    return switch (name) {
      case LinearBridge.NAME -> LinearBridge.read(in);
      case HistoryBridge.NAME -> HistoryBridge.read(in);
      case CollectiveBridge.NAME -> CollectiveBridge.read(in);
      case GraphBridge.NAME -> GraphBridge.read(in);
      case KernelBridge.NAME -> KernelBridge.read(in);
      case MlpBridge.NAME -> MlpBridge.read(in);
      case PtupcdrBridge.NAME -> PtupcdrBridge.read(in);
      default -> throw in.damaged("bridge \"" + name + '"');
    };
  }
}
