package dev.thaw.evaluation.methods;

/**
 * What is trained and measured beside the simple methods, those that are served and the default
 * routing.
 *
 * @param networks those that cross domains and MeLU; they take most of the time
 * @param learnedRouting the domain's own routing table, for which the served models are trained
 *     some times over
 */
public record Extent(boolean networks, boolean learnedRouting) {
  public static final Extent ALL = new Extent(true, true);
  public static final Extent WITHOUT_NETWORKS = new Extent(false, true);
}
