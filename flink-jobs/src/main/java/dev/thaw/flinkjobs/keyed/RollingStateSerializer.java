package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.rolling.RollingState;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link RollingState} in Flink's state. */
final class RollingStateSerializer extends FoldStateSerializer<RollingState> {
  static final RollingStateSerializer INSTANCE = new RollingStateSerializer();
  private static final long serialVersionUID = 1L;

  private RollingStateSerializer() {}

  @Override
  byte[] toBytes(RollingState state) {
    return state.toBytes();
  }

  @Override
  RollingState fromBytes(byte[] bytes) {
    return RollingState.fromBytes(bytes);
  }

  @Override
  public RollingState copy(RollingState from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<RollingState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RollingState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
