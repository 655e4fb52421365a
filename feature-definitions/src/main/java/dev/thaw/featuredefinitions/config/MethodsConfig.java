package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.oneOf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Methods other than the usual ones.
 *
 * @param order names of methods by the stage whose usual ones they replace, most preferred first
 * @param onboarding what new users are asked about: {@code popular} items, or those of the most
 *     {@code evidence} for the meta-learned model
 */
public record MethodsConfig(Map<String, List<String>> order, String onboarding) {
  /** The method that adapts to the user; part of no usual order. */
  public static final String META_LEARNED = "meta-learned";

  /** The method that goes by the order of the user's likes; part of no usual order. */
  public static final String SEQUENTIAL = "sequential";

  private static final String POPULAR = "popular";
  private static final String EVIDENCE = "evidence";

  public static final MethodsConfig USUAL = new MethodsConfig(Map.of(), POPULAR);

  public MethodsConfig {
    Map<String, List<String>> copy = new TreeMap<>();
    order.forEach((stage, methods) -> copy.put(stage, List.copyOf(methods)));
    // in one order: the policy is named by what this says
    order = Collections.unmodifiableMap(copy);
    oneOf("onboarding", onboarding, POPULAR, EVIDENCE);
  }

  public boolean asksForEvidence() {
    return onboarding.equals(EVIDENCE);
  }

  /** Whether layers adapted to users are read. */
  public boolean asksForLayers() {
    return asksFor(META_LEARNED);
  }

  /** Whether a model of the order of likes is needed. */
  public boolean asksForSequences() {
    return asksFor(SEQUENTIAL);
  }

  /** This, and at the end of each stage what the other has beside it there. */
  MethodsConfig plus(MethodsConfig other) {
    Map<String, List<String>> both = new TreeMap<>(order);
    other.order.forEach(
        (stage, methods) ->
            both.merge(
                stage,
                methods,
                (ours, theirs) ->
                    Stream.concat(ours.stream(), theirs.stream()).distinct().toList()));
    return new MethodsConfig(both, onboarding);
  }

  private boolean asksFor(String method) {
    return order.values().stream().anyMatch(methods -> methods.contains(method));
  }

  /** Whether any of it needs a meta-learned model. */
  public boolean asksForMetaLearning() {
    return asksForLayers() || asksForEvidence();
  }
}
