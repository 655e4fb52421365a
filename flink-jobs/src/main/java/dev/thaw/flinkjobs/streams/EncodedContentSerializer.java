package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Encoded content between operators; never in state. */
final class EncodedContentSerializer extends ImmutableSerializer<EncodedContent> {
  static final EncodedContentSerializer INSTANCE = new EncodedContentSerializer();
  private static final long serialVersionUID = 1L;

  private final TypeSerializer<ContentChange> changes =
      TypeInformation.of(ContentChange.class).createSerializer(new SerializerConfigImpl());

  private EncodedContentSerializer() {}

  @Override
  public void serialize(EncodedContent value, DataOutputView out) throws IOException {
    changes.serialize(value.change(), out);
    StringValue.writeString(value.hash(), out);
    Embedding vector = value.vector();
    out.writeBoolean(vector != null);
    if (vector != null) {
      Vectors.write(vector, out);
    }
  }

  @Override
  public EncodedContent deserialize(DataInputView in) throws IOException {
    ContentChange change = changes.deserialize(in);
    String hash = StringValue.readString(in);
    return new EncodedContent(change, in.readBoolean() ? Vectors.read(in) : null, hash);
  }

  @Override
  public TypeSerializerSnapshot<EncodedContent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncodedContent> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
