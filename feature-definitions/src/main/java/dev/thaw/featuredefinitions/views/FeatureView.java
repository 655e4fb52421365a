package dev.thaw.featuredefinitions.views;

import java.time.Duration;
import java.util.List;

/**
 * Features that are written and read together.
 *
 * @param entities names of entities; their join keys form the key
 * @param writer the one job that writes the view
 */
public record FeatureView(
    String name,
    List<String> entities,
    Duration ttl,
    String writer,
    String owner,
    String description,
    List<FeatureDefinition> features) {
  public FeatureView {
    entities = List.copyOf(entities);
    features = List.copyOf(features);
  }

  /** Whether the features are rolling aggregates of events. */
  public boolean isRolling() {
    return features.stream().allMatch(f -> f.rolling() != null);
  }
}
