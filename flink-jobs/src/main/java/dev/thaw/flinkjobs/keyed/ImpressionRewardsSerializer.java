package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.statistics.ImpressionRewards;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link ImpressionRewards} in Flink's state. */
final class ImpressionRewardsSerializer extends FoldStateSerializer<ImpressionRewards> {
  static final ImpressionRewardsSerializer INSTANCE = new ImpressionRewardsSerializer();
  private static final long serialVersionUID = 1L;

  private ImpressionRewardsSerializer() {}

  @Override
  byte[] toBytes(ImpressionRewards state) {
    return state.toBytes();
  }

  @Override
  ImpressionRewards fromBytes(byte[] bytes) {
    return ImpressionRewards.fromBytes(bytes);
  }

  @Override
  public ImpressionRewards copy(ImpressionRewards from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<ImpressionRewards> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ImpressionRewards> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
