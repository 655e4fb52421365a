package dev.thaw.featuredefinitions.online;

import com.google.protobuf.InvalidProtocolBufferException;
import feast.proto.types.ValueProto.Value;

/**
 * A feature value as the bytes of a serialized {@code feast.types.Value}. Null is written as Feast
 * writes it, as no bytes at all; a timestamp of int64-min (pandas' NaT) reads as null. Stateless.
 */
public final class FeatureValueBytes {
  private static final byte[] NULL = {};

  private FeatureValueBytes() {}

  public static byte[] encode(FeatureValue value) {
    return value instanceof FeatureValue.Missing
        ? NULL
        : FeatureValueMessages.of(value).toByteArray();
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
    if (value.getValCase() == Value.ValCase.VAL_NOT_SET) {
      throw new IllegalArgumentException(
          bytes.length + " bytes hold no Feast value of a known type");
    }
    return FeatureValueMessages.read(value);
  }
}
