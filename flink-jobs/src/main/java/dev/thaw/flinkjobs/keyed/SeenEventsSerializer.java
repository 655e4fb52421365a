package dev.thaw.flinkjobs.keyed;

import dev.thaw.models.rolling.SeenEvents;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** {@link SeenEvents} in Flink's state. */
final class SeenEventsSerializer extends FoldStateSerializer<SeenEvents> {
  static final SeenEventsSerializer INSTANCE = new SeenEventsSerializer();
  private static final long serialVersionUID = 1L;

  private SeenEventsSerializer() {}

  @Override
  byte[] toBytes(SeenEvents state) {
    return state.toBytes();
  }

  @Override
  SeenEvents fromBytes(byte[] bytes) {
    return SeenEvents.fromBytes(bytes);
  }

  @Override
  public SeenEvents copy(SeenEvents from) {
    return from.copy();
  }

  @Override
  public TypeSerializerSnapshot<SeenEvents> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenEvents> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
