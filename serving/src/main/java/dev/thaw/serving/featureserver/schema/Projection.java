package dev.thaw.serving.featureserver.schema;

import java.util.List;
import java.util.Map;

/**
 * Features of a view under the names that a request uses.
 *
 * @param alias the view's name in answers
 * @param requestKeys what requests call a join key, by its own name, where that is not the same
 */
public record Projection(
    ServedView view, String alias, Map<String, String> requestKeys, List<String> features) {
  public Projection {
    requestKeys = Map.copyOf(requestKeys);
    features = List.copyOf(features);
  }

  static Projection of(ServedView view, List<String> features) {
    return new Projection(view, view.name(), Map.of(), features);
  }

  /** What requests call the join key. */
  public String requestKey(JoinKey key) {
    return requestKeys.getOrDefault(key.name(), key.name());
  }
}
