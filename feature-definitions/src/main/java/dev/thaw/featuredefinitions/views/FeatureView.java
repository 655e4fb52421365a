package dev.thaw.featuredefinitions.views;

import java.io.Serializable;
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
    List<FeatureDefinition> features)
    implements Serializable {
  public FeatureView {
    entities = List.copyOf(entities);
    features = List.copyOf(features);
  }

  /**
   * @throws IllegalArgumentException naming the view and its features
   */
  public FeatureDefinition feature(String feature) {
    return features.stream()
        .filter(f -> f.name().equals(feature))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "feature of view "
                        + name
                        + " must be one of "
                        + features.stream().map(FeatureDefinition::name).toList()
                        + ", was \""
                        + feature
                        + '"'));
  }

  /** Whether the features are rolling aggregates of events. */
  public boolean isRolling() {
    return features.stream().allMatch(f -> f.rolling() != null);
  }
}
