package dev.thaw.serving.featureserver;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.io.IOException;

/**
 * Values as {@code feast serve} spells them: times as whole seconds, bytes in Base64. Numbers that
 * JSON has no form for, which make that server fail, are the strings that protobuf gives them.
 */
final class JsonValues {
  private JsonValues() {}

  static void write(JsonGenerator json, FeatureValue value) throws IOException {
    if (value instanceof FeatureValue.Missing) {
      json.writeNull();
    } else if (value instanceof FeatureValue.Text v) {
      json.writeString(v.value());
    } else if (value instanceof FeatureValue.Int64 v) {
      json.writeNumber(v.value());
    } else if (value instanceof FeatureValue.Int32 v) {
      json.writeNumber(v.value());
    } else if (value instanceof FeatureValue.Float64 v) {
      number(json, v.value());
    } else if (value instanceof FeatureValue.Float32 v) {
      number(json, v.value());
    } else if (value instanceof FeatureValue.Bool v) {
      json.writeBoolean(v.value());
    } else if (value instanceof FeatureValue.Timestamp v) {
      json.writeNumber(v.value().getEpochSecond());
    } else if (value instanceof FeatureValue.Bytes v) {
      json.writeBinary(v.toArray());
    } else {
      json.writeStartArray();
      elements(json, value);
      json.writeEndArray();
    }
  }

  private static void elements(JsonGenerator json, FeatureValue value) throws IOException {
    if (value instanceof FeatureValue.Texts v) {
      for (String each : v.values()) {
        json.writeString(each);
      }
    } else if (value instanceof FeatureValue.Int64s v) {
      int64s(json, v);
    } else if (value instanceof FeatureValue.Int32s v) {
      for (int each : v.toArray()) {
        json.writeNumber(each);
      }
    } else if (value instanceof FeatureValue.Float64s v) {
      for (double each : v.toArray()) {
        number(json, each);
      }
    } else if (value instanceof FeatureValue.Float32s v) {
      for (float each : v.toArray()) {
        number(json, each);
      }
    } else if (value instanceof FeatureValue.Bools v) {
      for (boolean each : v.values()) {
        json.writeBoolean(each);
      }
    } else if (value instanceof FeatureValue.Timestamps v) {
      int64s(json, v.seconds());
    } else if (value instanceof FeatureValue.ByteStrings v) {
      for (FeatureValue.Bytes each : v.values()) {
        json.writeBinary(each.toArray());
      }
    } else {
      throw new IllegalArgumentException("no JSON for " + value);
    }
  }

  private static void int64s(JsonGenerator json, FeatureValue.Int64s values) throws IOException {
    for (long each : values.toArray()) {
      json.writeNumber(each);
    }
  }

  /** A float goes out as the double it is, as Python has no other numbers. */
  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }
}
