package dev.thaw.featuredefinitions.online;

import com.google.protobuf.InvalidProtocolBufferException;
import feast.proto.types.ValueProto.DoubleList;
import feast.proto.types.ValueProto.FloatList;
import feast.proto.types.ValueProto.Int64List;
import feast.proto.types.ValueProto.StringList;
import feast.proto.types.ValueProto.Value;
import java.time.Instant;

/**
 * A feature value as the bytes of a serialized {@code feast.types.Value}. Null is written as Feast
 * writes it, as no bytes at all; a timestamp of int64-min (pandas' NaT) reads as null. Stateless.
 */
public final class FeatureValueBytes {
  private static final byte[] NULL = {};

  private FeatureValueBytes() {}

  public static byte[] encode(FeatureValue value) {
    if (value instanceof FeatureValue.Missing) {
      return NULL;
    }
    return message(value).toByteArray();
  }

  private static Value message(FeatureValue value) {
    Value.Builder out = Value.newBuilder();
    if (value instanceof FeatureValue.Text v) {
      return out.setStringVal(v.value()).build();
    } else if (value instanceof FeatureValue.Int64 v) {
      return out.setInt64Val(v.value()).build();
    } else if (value instanceof FeatureValue.Int32 v) {
      return out.setInt32Val(v.value()).build();
    } else if (value instanceof FeatureValue.Float64 v) {
      return out.setDoubleVal(v.value()).build();
    } else if (value instanceof FeatureValue.Float32 v) {
      return out.setFloatVal(v.value()).build();
    } else if (value instanceof FeatureValue.Bool v) {
      return out.setBoolVal(v.value()).build();
    } else if (value instanceof FeatureValue.Timestamp v) {
      return out.setUnixTimestampVal(v.value().getEpochSecond()).build();
    } else if (value instanceof FeatureValue.Texts v) {
      return out.setStringListVal(StringList.newBuilder().addAllVal(v.values())).build();
    } else if (value instanceof FeatureValue.Int64s v) {
      Int64List.Builder list = Int64List.newBuilder();
      for (long x : v.toArray()) {
        list.addVal(x);
      }
      return out.setInt64ListVal(list).build();
    } else if (value instanceof FeatureValue.Float64s v) {
      DoubleList.Builder list = DoubleList.newBuilder();
      for (double x : v.toArray()) {
        list.addVal(x);
      }
      return out.setDoubleListVal(list).build();
    } else if (value instanceof FeatureValue.Float32s v) {
      FloatList.Builder list = FloatList.newBuilder();
      for (float x : v.toArray()) {
        list.addVal(x);
      }
      return out.setFloatListVal(list).build();
    }
    throw new IllegalArgumentException("no Feast value type for " + value);
  }

  /**
   * @throws IllegalArgumentException if the bytes are no Feast value, or one of a type that Thaw
   *     does not read
   */
  public static FeatureValue decode(byte[] bytes) {
    if (bytes.length == 0) {
      return FeatureValue.MISSING;
    }
    Value value;
    try {
      value = Value.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          bytes.length + " bytes are no Feast value: " + e.getMessage(), e);
    }
    return switch (value.getValCase()) {
      case STRING_VAL -> new FeatureValue.Text(value.getStringVal());
      case INT64_VAL -> new FeatureValue.Int64(value.getInt64Val());
      case INT32_VAL -> new FeatureValue.Int32(value.getInt32Val());
      case DOUBLE_VAL -> new FeatureValue.Float64(value.getDoubleVal());
      case FLOAT_VAL -> new FeatureValue.Float32(value.getFloatVal());
      case BOOL_VAL -> new FeatureValue.Bool(value.getBoolVal());
      case UNIX_TIMESTAMP_VAL -> timestamp(value.getUnixTimestampVal());
      case STRING_LIST_VAL -> new FeatureValue.Texts(value.getStringListVal().getValList());
      case INT64_LIST_VAL -> int64s(value.getInt64ListVal());
      case DOUBLE_LIST_VAL -> float64s(value.getDoubleListVal());
      case FLOAT_LIST_VAL -> float32s(value.getFloatListVal());
      case NULL_VAL -> FeatureValue.MISSING;
      case VAL_NOT_SET ->
          throw new IllegalArgumentException(
              bytes.length + " bytes hold no Feast value of a known type");
      default ->
          throw new IllegalArgumentException(
              "Feast value type " + value.getValCase() + " is not among those Thaw reads");
    };
  }

  private static FeatureValue timestamp(long seconds) {
    if (seconds == Long.MIN_VALUE) {
      return FeatureValue.MISSING;
    }
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException(
          "timestamp of " + seconds + " s is outside " + Instant.MIN + ".." + Instant.MAX);
    }
    return new FeatureValue.Timestamp(Instant.ofEpochSecond(seconds));
  }

  private static FeatureValue int64s(Int64List list) {
    long[] values = new long[list.getValCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.getVal(i);
    }
    return FeatureValue.Int64s.copyOf(values);
  }

  private static FeatureValue float64s(DoubleList list) {
    double[] values = new double[list.getValCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.getVal(i);
    }
    return FeatureValue.Float64s.copyOf(values);
  }

  private static FeatureValue float32s(FloatList list) {
    float[] values = new float[list.getValCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.getVal(i);
    }
    return FeatureValue.Float32s.copyOf(values);
  }
}
