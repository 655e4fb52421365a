package dev.thaw.serving.explain;

import java.util.Map;

/**
 * Why an item is in an answer.
 *
 * @param text one sentence for people
 * @param details the figures behind it by name, such as {@code nearest_liked_item}, {@code
 *     segment}, {@code posterior_mean}, {@code gate}
 */
public record Explanation(String text, Map<String, Object> details) {
  public Explanation {
    details = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(details));
  }
}
