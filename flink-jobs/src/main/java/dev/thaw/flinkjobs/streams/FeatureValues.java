package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Feature values in bytes: a tag for the variant, then its value. */
final class FeatureValues {
  private static final int MISSING = 0;
  private static final int TEXT = 1;
  private static final int INT64 = 2;
  private static final int INT32 = 3;
  private static final int FLOAT64 = 4;
  private static final int FLOAT32 = 5;
  private static final int BOOL = 6;
  private static final int TIMESTAMP = 7;
  private static final int TEXTS = 8;
  private static final int INT64S = 9;
  private static final int FLOAT64S = 10;
  private static final int FLOAT32S = 11;

  /** What no job computes, in Feast's own bytes. */
  private static final int FEAST = 12;

  private FeatureValues() {}

  static void write(FeatureValue value, DataOutputView out) throws IOException {
    if (value instanceof FeatureValue.Missing) {
      out.writeByte(MISSING);
    } else if (value instanceof FeatureValue.Text v) {
      out.writeByte(TEXT);
      StringValue.writeString(v.value(), out);
    } else if (value instanceof FeatureValue.Int64 v) {
      out.writeByte(INT64);
      out.writeLong(v.value());
    } else if (value instanceof FeatureValue.Int32 v) {
      out.writeByte(INT32);
      out.writeInt(v.value());
    } else if (value instanceof FeatureValue.Float64 v) {
      out.writeByte(FLOAT64);
      out.writeDouble(v.value());
    } else if (value instanceof FeatureValue.Float32 v) {
      out.writeByte(FLOAT32);
      out.writeFloat(v.value());
    } else if (value instanceof FeatureValue.Bool v) {
      out.writeByte(BOOL);
      out.writeBoolean(v.value());
    } else if (value instanceof FeatureValue.Timestamp v) {
      out.writeByte(TIMESTAMP);
      out.writeLong(v.value().getEpochSecond());
    } else {
      writeList(value, out);
    }
  }

  private static void writeList(FeatureValue value, DataOutputView out) throws IOException {
    if (value instanceof FeatureValue.Texts v) {
      out.writeByte(TEXTS);
      out.writeInt(v.values().size());
      for (String text : v.values()) {
        StringValue.writeString(text, out);
      }
    } else if (value instanceof FeatureValue.Int64s v) {
      out.writeByte(INT64S);
      long[] values = v.toArray();
      out.writeInt(values.length);
      for (long x : values) {
        out.writeLong(x);
      }
    } else if (value instanceof FeatureValue.Float64s v) {
      out.writeByte(FLOAT64S);
      double[] values = v.toArray();
      out.writeInt(values.length);
      for (double x : values) {
        out.writeDouble(x);
      }
    } else if (value instanceof FeatureValue.Float32s v) {
      out.writeByte(FLOAT32S);
      float[] values = v.toArray();
      out.writeInt(values.length);
      for (float x : values) {
        out.writeFloat(x);
      }
    } else {
      out.writeByte(FEAST);
      byte[] bytes = FeatureValueBytes.encode(value);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static FeatureValue read(DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case MISSING -> FeatureValue.MISSING;
      case TEXT -> new FeatureValue.Text(StringValue.readString(in));
      case INT64 -> new FeatureValue.Int64(in.readLong());
      case INT32 -> new FeatureValue.Int32(in.readInt());
      case FLOAT64 -> new FeatureValue.Float64(in.readDouble());
      case FLOAT32 -> new FeatureValue.Float32(in.readFloat());
      case BOOL -> new FeatureValue.Bool(in.readBoolean());
      case TIMESTAMP -> new FeatureValue.Timestamp(Instant.ofEpochSecond(in.readLong()));
      case TEXTS -> readTexts(in);
      case INT64S -> readInt64s(in);
      case FLOAT64S -> readFloat64s(in);
      case FLOAT32S -> readFloat32s(in);
      case FEAST -> readFeast(in);
      default -> throw new IOException("no feature value has tag " + tag);
    };
  }

  private static FeatureValue readFeast(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return FeatureValueBytes.decode(bytes);
  }

  private static FeatureValue readTexts(DataInputView in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(StringValue.readString(in));
    }
    return new FeatureValue.Texts(texts);
  }

  private static FeatureValue readInt64s(DataInputView in) throws IOException {
    long[] values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return FeatureValue.Int64s.copyOf(values);
  }

  private static FeatureValue readFloat64s(DataInputView in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return FeatureValue.Float64s.copyOf(values);
  }

  private static FeatureValue readFloat32s(DataInputView in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return FeatureValue.Float32s.copyOf(values);
  }
}
