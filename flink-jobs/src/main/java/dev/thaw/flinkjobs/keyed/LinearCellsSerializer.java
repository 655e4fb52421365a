package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.bandit.linear.LinearCells;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link LinearCells} in Flink's state. */
final class LinearCellsSerializer extends FoldStateSerializer<LinearCells> {
  static final LinearCellsSerializer INSTANCE = new LinearCellsSerializer();
  private static final long serialVersionUID = 1L;

  private LinearCellsSerializer() {}

  @Override
  byte[] toBytes(LinearCells state) {
    return state.toBytes();
  }

  @Override
  LinearCells fromBytes(byte[] bytes) {
    return LinearCells.fromBytes(bytes);
  }

  @Override
  public LinearCells copy(LinearCells from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<LinearCells> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LinearCells> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
