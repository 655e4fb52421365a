package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Enriched events between operators. */
final class EnrichedEventSerializer extends ImmutableSerializer<EnrichedEvent> {
  static final EnrichedEventSerializer INSTANCE = new EnrichedEventSerializer();
  private static final long serialVersionUID = 1L;

  private static final byte WITHOUT = 0;
  private static final byte WITH = 1;
  private static final byte CORRECTION = 2;

  private EnrichedEventSerializer() {}

  @Override
  public void serialize(EnrichedEvent value, DataOutputView out) throws IOException {
    EventSerializer.INSTANCE.serialize(value.event(), out);
    Embedding vector = value.itemVector();
    out.writeByte(vector == null ? WITHOUT : value.isCorrection() ? CORRECTION : WITH);
    if (vector != null) {
      Vectors.write(vector, out);
    }
  }

  @Override
  public EnrichedEvent deserialize(DataInputView in) throws IOException {
    Event event = EventSerializer.INSTANCE.deserialize(in);
    byte kind = in.readByte();
    return new EnrichedEvent(event, kind == WITHOUT ? null : Vectors.read(in), kind == CORRECTION);
  }

  @Override
  public TypeSerializerSnapshot<EnrichedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EnrichedEvent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
