package dev.thaw.featuredefinitions.feast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feature values as {@code feast_session.py} takes and gives them. */
public final class FeastJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FeastJson() {}

  public static JsonNode of(FeatureValue value) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(plain(value)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static @Nullable Object plain(FeatureValue value) {
    if (value instanceof FeatureValue.Missing) {
      return null;
    } else if (value instanceof FeatureValue.Text v) {
      return v.value();
    } else if (value instanceof FeatureValue.Int32 v) {
      return v.value();
    } else if (value instanceof FeatureValue.Int64 v) {
      return v.value();
    } else if (value instanceof FeatureValue.Float32 v) {
      return (double) v.value();
    } else if (value instanceof FeatureValue.Float64 v) {
      return v.value();
    } else if (value instanceof FeatureValue.Bool v) {
      return v.value();
    } else if (value instanceof FeatureValue.Timestamp v) {
      return v.value().getEpochSecond();
    } else if (value instanceof FeatureValue.Bytes v) {
      return HexFormat.of().formatHex(v.toArray());
    }
    return list(value);
  }

  private static Object list(FeatureValue value) {
    if (value instanceof FeatureValue.Texts v) {
      return v.values();
    } else if (value instanceof FeatureValue.Bools v) {
      return v.values();
    } else if (value instanceof FeatureValue.ByteStrings v) {
      return v.values().stream().map(FeastJson::plain).toList();
    } else if (value instanceof FeatureValue.Timestamps v) {
      return v.seconds().toArray();
    } else if (value instanceof FeatureValue.Int32s v) {
      return v.toArray();
    } else if (value instanceof FeatureValue.Int64s v) {
      return v.toArray();
    } else if (value instanceof FeatureValue.Float64s v) {
      return v.toArray();
    } else if (value instanceof FeatureValue.Float32s v) {
      List<Double> values = new ArrayList<>();
      for (float x : v.toArray()) {
        values.add((double) x);
      }
      return values;
    }
    throw new IllegalArgumentException("the feature repositories of tests have no " + value);
  }
}
