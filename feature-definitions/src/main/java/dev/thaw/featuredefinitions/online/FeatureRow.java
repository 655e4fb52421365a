package dev.thaw.featuredefinitions.online;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All features of one view for one entity.
 *
 * @param eventTime the key's event-time frontier, to the millisecond; decides which row is newer
 */
public record FeatureRow(EntityKey key, Map<String, FeatureValue> features, Instant eventTime) {
  public FeatureRow {
    features = Map.copyOf(features);
  }

  /** The value, empty if the feature is absent or null. */
  public Optional<FeatureValue> get(String feature) {
    FeatureValue value = features.get(feature);
    return value == null || value instanceof FeatureValue.Missing
        ? Optional.empty()
        : Optional.of(value);
  }
}
