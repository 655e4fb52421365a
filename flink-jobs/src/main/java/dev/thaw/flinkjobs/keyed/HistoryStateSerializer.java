package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.history.HistoryState;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link HistoryState} in Flink's state. */
final class HistoryStateSerializer extends FoldStateSerializer<HistoryState> {
  static final HistoryStateSerializer INSTANCE = new HistoryStateSerializer();
  private static final long serialVersionUID = 1L;

  private HistoryStateSerializer() {}

  @Override
  byte[] toBytes(HistoryState state) {
    return state.toBytes();
  }

  @Override
  HistoryState fromBytes(byte[] bytes) {
    return HistoryState.fromBytes(bytes);
  }

  @Override
  public HistoryState copy(HistoryState from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<HistoryState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<HistoryState> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
