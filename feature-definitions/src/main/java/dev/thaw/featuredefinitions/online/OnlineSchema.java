package dev.thaw.featuredefinitions.online;

import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which features a store holds, by view. Redis keeps only hashes of feature names, so a reader has
 * to know them; every adapter refuses the same undeclared names. Immutable.
 */
public record OnlineSchema(Map<String, List<String>> featuresByView) {
  public OnlineSchema {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    featuresByView.forEach((view, features) -> copy.put(view, List.copyOf(features)));
    featuresByView = Map.copyOf(copy);
  }

  public static OnlineSchema of(List<FeatureView> views) {
    Map<String, List<String>> features = new LinkedHashMap<>();
    for (FeatureView view : views) {
      features.put(view.name(), view.features().stream().map(FeatureDefinition::name).toList());
    }
    return new OnlineSchema(features);
  }

  /**
   * @throws IllegalArgumentException if the view is not declared
   */
  public List<String> features(String view) {
    List<String> features = featuresByView.get(view);
    if (features == null) {
      throw new IllegalArgumentException(
          "view " + view + " is not declared; there are " + new TreeSet<>(featuresByView.keySet()));
    }
    return features;
  }

  /**
   * @throws IllegalArgumentException if the row has a feature that the view does not declare
   */
  public void check(String view, FeatureRow row) {
    List<String> declared = features(view);
    for (String feature : row.features().keySet()) {
      if (!declared.contains(feature)) {
        throw new IllegalArgumentException(
            "view " + view + " has no feature " + feature + "; it declares " + declared);
      }
    }
  }
}
