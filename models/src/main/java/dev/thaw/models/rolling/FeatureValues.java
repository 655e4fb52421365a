package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.ValueType;
import java.time.Instant;

/** Numbers and texts as values of a declared type. */
final class FeatureValues {
  private FeatureValues() {}

  static boolean isNumber(ValueType type) {
    return switch (type) {
      case INT32, INT64, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  /** Whole types round to the nearest; timestamps take milliseconds. */
  static FeatureValue number(ValueType type, double value) {
    return switch (type) {
      case INT32 -> new FeatureValue.Int32((int) Math.round(value));
      case INT64 -> new FeatureValue.Int64(Math.round(value));
      case FLOAT -> new FeatureValue.Float32((float) value);
      case DOUBLE -> new FeatureValue.Float64(value);
      case UNIX_TIMESTAMP ->
          new FeatureValue.Timestamp(
              Instant.ofEpochSecond(Math.floorDiv(Math.round(value), 1000L)));
      default -> throw new IllegalArgumentException("type must be a number, was " + type);
    };
  }

  static FeatureValue text(ValueType type, String value) {
    return switch (type) {
      case STRING -> new FeatureValue.Text(value);
      case BOOL -> new FeatureValue.Bool(Boolean.parseBoolean(value));
      default -> throw new IllegalArgumentException("type must be a text, was " + type);
    };
  }
}
