package dev.thaw.featuredefinitions.online;

import com.google.protobuf.ByteString;
import feast.proto.types.ValueProto.BoolList;
import feast.proto.types.ValueProto.BytesList;
import feast.proto.types.ValueProto.DoubleList;
import feast.proto.types.ValueProto.FloatList;
import feast.proto.types.ValueProto.Int32List;
import feast.proto.types.ValueProto.Int64List;
import feast.proto.types.ValueProto.Null;
import feast.proto.types.ValueProto.StringList;
import feast.proto.types.ValueProto.Value;
import java.time.Instant;

/** Values as Feast's messages and back. Stateless. */
public final class FeatureValueMessages {
  private static final Value NULL = Value.newBuilder().setNullVal(Null.NULL).build();

  private FeatureValueMessages() {}

  public static Value of(FeatureValue value) {
    Value.Builder out = Value.newBuilder();
    if (value instanceof FeatureValue.Missing) {
      return NULL;
    } else if (value instanceof FeatureValue.Text v) {
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
    } else if (value instanceof FeatureValue.Bytes v) {
      return out.setBytesVal(ByteString.copyFrom(v.toArray())).build();
    }
    return list(value, out).build();
  }

  private static Value.Builder list(FeatureValue value, Value.Builder out) {
    if (value instanceof FeatureValue.Texts v) {
      return out.setStringListVal(StringList.newBuilder().addAllVal(v.values()));
    } else if (value instanceof FeatureValue.Int64s v) {
      return out.setInt64ListVal(int64s(v));
    } else if (value instanceof FeatureValue.Int32s v) {
      Int32List.Builder list = Int32List.newBuilder();
      for (int x : v.toArray()) {
        list.addVal(x);
      }
      return out.setInt32ListVal(list);
    } else if (value instanceof FeatureValue.Float64s v) {
      DoubleList.Builder list = DoubleList.newBuilder();
      for (double x : v.toArray()) {
        list.addVal(x);
      }
      return out.setDoubleListVal(list);
    } else if (value instanceof FeatureValue.Float32s v) {
      FloatList.Builder list = FloatList.newBuilder();
      for (float x : v.toArray()) {
        list.addVal(x);
      }
      return out.setFloatListVal(list);
    } else if (value instanceof FeatureValue.Bools v) {
      return out.setBoolListVal(BoolList.newBuilder().addAllVal(v.values()));
    } else if (value instanceof FeatureValue.Timestamps v) {
      return out.setUnixTimestampListVal(int64s(v.seconds()));
    } else if (value instanceof FeatureValue.ByteStrings v) {
      BytesList.Builder list = BytesList.newBuilder();
      v.values().forEach(x -> list.addVal(ByteString.copyFrom(x.toArray())));
      return out.setBytesListVal(list);
    }
    throw new IllegalArgumentException("no Feast value type for " + value);
  }

  private static Int64List int64s(FeatureValue.Int64s values) {
    Int64List.Builder list = Int64List.newBuilder();
    for (long x : values.toArray()) {
      list.addVal(x);
    }
    return list.build();
  }

  /**
   * An unset value is a missing one.
   *
   * @throws IllegalArgumentException if the value is of a type that Thaw does not read
   */
  public static FeatureValue read(Value value) {
    return switch (value.getValCase()) {
      case STRING_VAL -> new FeatureValue.Text(value.getStringVal());
      case INT64_VAL -> new FeatureValue.Int64(value.getInt64Val());
      case INT32_VAL -> new FeatureValue.Int32(value.getInt32Val());
      case DOUBLE_VAL -> new FeatureValue.Float64(value.getDoubleVal());
      case FLOAT_VAL -> new FeatureValue.Float32(value.getFloatVal());
      case BOOL_VAL -> new FeatureValue.Bool(value.getBoolVal());
      case UNIX_TIMESTAMP_VAL -> timestamp(value.getUnixTimestampVal());
      case BYTES_VAL -> FeatureValue.Bytes.copyOf(value.getBytesVal().toByteArray());
      case STRING_LIST_VAL -> new FeatureValue.Texts(value.getStringListVal().getValList());
      case INT64_LIST_VAL -> int64s(value.getInt64ListVal());
      case INT32_LIST_VAL -> int32s(value.getInt32ListVal());
      case DOUBLE_LIST_VAL -> float64s(value.getDoubleListVal());
      case FLOAT_LIST_VAL -> float32s(value.getFloatListVal());
      case BOOL_LIST_VAL -> new FeatureValue.Bools(value.getBoolListVal().getValList());
      case UNIX_TIMESTAMP_LIST_VAL ->
          new FeatureValue.Timestamps(int64s(value.getUnixTimestampListVal()));
      case BYTES_LIST_VAL ->
          new FeatureValue.ByteStrings(
              value.getBytesListVal().getValList().stream()
                  .map(bytes -> FeatureValue.Bytes.copyOf(bytes.toByteArray()))
                  .toList());
      case NULL_VAL, VAL_NOT_SET -> FeatureValue.MISSING;
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

  private static FeatureValue int32s(Int32List list) {
    int[] values = new int[list.getValCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.getVal(i);
    }
    return FeatureValue.Int32s.copyOf(values);
  }

  private static FeatureValue.Int64s int64s(Int64List list) {
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
