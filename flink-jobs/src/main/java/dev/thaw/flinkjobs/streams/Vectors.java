package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Embeddings in bytes: the key of the space and the components. */
final class Vectors {
  private static final int MAX_CACHED_SPACES = 100;

  private static final Map<VectorSpace, VectorSpace> SPACES = new ConcurrentHashMap<>();

  private Vectors() {}

  static void write(Embedding embedding, DataOutputView out) throws IOException {
    VectorSpace space = embedding.space();
    StringValue.writeString(space.name(), out);
    StringValue.writeString(space.modelVersion(), out);
    out.writeByte(space.metric().ordinal());
    out.writeShort(space.dimension());
    byte[] bytes = new byte[Float.BYTES * space.dimension()];
    var floats = java.nio.ByteBuffer.wrap(bytes).asFloatBuffer();
    for (int i = 0; i < space.dimension(); i++) {
      floats.put(i, embedding.get(i));
    }
    out.write(bytes);
  }

  static Embedding read(DataInputView in) throws IOException {
    String name = StringValue.readString(in);
    String version = StringValue.readString(in);
    Metric metric = Metric.values()[in.readUnsignedByte()];
    VectorSpace space = shared(new VectorSpace(name, version, in.readUnsignedShort(), metric));
    byte[] bytes = new byte[Float.BYTES * space.dimension()];
    in.readFully(bytes);
    float[] components = new float[space.dimension()];
    java.nio.ByteBuffer.wrap(bytes).asFloatBuffer().get(components);
    return Embedding.copyOf(space, components);
  }

  /** One object a space, however many vectors are in state. */
  private static VectorSpace shared(VectorSpace space) {
    VectorSpace known = SPACES.get(space);
    if (known != null) {
      return known;
    }
    if (SPACES.size() < MAX_CACHED_SPACES) {
      SPACES.put(space, space);
    }
    return space;
  }
}
