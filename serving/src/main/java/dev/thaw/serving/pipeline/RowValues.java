package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features of a row, where another type counts as missing. */
final class RowValues {
  private RowValues() {}

  static List<String> texts(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Texts t ? t.values() : List.<String>of())
        .orElse(List.of());
  }

  static @Nullable String text(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Text t ? t.value() : null)
        .orElse(null);
  }

  static float @Nullable [] floats(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Float32s f ? f.toArray() : null)
        .filter(values -> values.length > 0)
        .orElse(null);
  }

  static double number(FeatureRow row, String feature, double absent) {
    FeatureValue value = row.get(feature).orElse(null);
    return value instanceof FeatureValue.Float64 d
        ? d.value()
        : value instanceof FeatureValue.Int64 n ? n.value() : absent;
  }
}
