package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.Optional;

/** A bridge with the decision whether it may be used; the artefact of one domain pair. */
public record GatedBridge(Bridge bridge, GateDecision decision) {
  /** Empty if the pair is disabled or the source history is too short. */
  public Optional<UserVector> map(History sourceHistory, FactorModel sourceModel) {
    return decision.admits(sourceHistory.entries().size())
        ? Optional.of(bridge.map(sourceHistory, sourceModel))
        : Optional.empty();
  }

  public void write(BinaryWriter out) {
    throw new UnsupportedOperationException("not yet");
  }

  public static GatedBridge read(BinaryReader in) {
    throw new UnsupportedOperationException("not yet");
  }
}
