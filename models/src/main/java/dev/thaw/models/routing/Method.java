package dev.thaw.models.routing;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import java.util.Arrays;

/** A way to find and score candidates. */
public enum Method {
  /** What is liked together with the items that the user liked in the domain. */
  ITEM_TO_ITEM("item-to-item"),
  /** Factor vector folded in from the user's own history in the domain. */
  FACTORS("factors"),
  /**
   * {@link #ITEM_TO_ITEM} and the user's vector at once, be it the own or the mapped one: the sum
   * of their standardised scores.
   */
  FUSED("fused"),
  /** Meta-learned model adapted to the user's few interactions in the domain. */
  META_LEARNED(MethodsConfig.META_LEARNED),
  /** What is liked next after the user's likes in their order. */
  SEQUENTIAL(MethodsConfig.SEQUENTIAL),
  /** Factor vector mapped from another domain through the pair's bridge. */
  CROSS_DOMAIN("cross-domain"),
  /** Content neighbours of liked items or of onboarding answers. */
  CONTENT("content"),
  /** Popular items of the user's segment, or of the whole domain. */
  POPULARITY("popularity");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /**
   * @throws IllegalArgumentException naming all labels if no method has this one
   */
  public static Method of(String label) {
    for (Method method : values()) {
      if (method.label.equals(label)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "method must be one of "
            + Arrays.stream(values()).map(Method::label).toList()
            + ", was \""
            + label
            + '"');
  }

  /** As answers, impressions and configuration name it. */
  public String label() {
    return label;
  }
}
