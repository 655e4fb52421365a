package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.statistics.PopularItems;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link PopularItems} in Flink's state. */
final class PopularItemsSerializer extends FoldStateSerializer<PopularItems> {
  static final PopularItemsSerializer INSTANCE = new PopularItemsSerializer();
  private static final long serialVersionUID = 1L;

  private PopularItemsSerializer() {}

  @Override
  byte[] toBytes(PopularItems state) {
    return state.toBytes();
  }

  @Override
  PopularItems fromBytes(byte[] bytes) {
    return PopularItems.fromBytes(bytes);
  }

  @Override
  public PopularItems copy(PopularItems from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<PopularItems> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PopularItems> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
