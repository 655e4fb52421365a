package dev.thaw.flinkjobs.featurelog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Feature values as {@code feast_session.py} gives them. */
final class Plain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Plain() {}

  static JsonNode of(Optional<FeatureValue> value) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(plain(value.orElse(FeatureValue.MISSING))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object plain(FeatureValue value) {
    if (value instanceof FeatureValue.Missing) {
      return null;
    } else if (value instanceof FeatureValue.Text v) {
      return v.value();
    } else if (value instanceof FeatureValue.Int64 v) {
      return v.value();
    } else if (value instanceof FeatureValue.Float64 v) {
      return v.value();
    } else if (value instanceof FeatureValue.Texts v) {
      return v.values();
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
    throw new IllegalArgumentException("the views of this test have no " + value);
  }
}
