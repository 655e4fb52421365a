package dev.thaw.models.routing;

import java.util.Arrays;
import java.util.Optional;

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

  /** Empty if no method has that label. */
  static Optional<Method> labelled(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** As answers, impressions and configuration name it. */
  public String label() {
    return label;
  }
}
