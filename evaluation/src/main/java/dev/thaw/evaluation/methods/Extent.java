package dev.thaw.evaluation.methods;

/**
 * What is trained and measured beside what serving routes between and its default routing.
 *
 * @param baselines the simple methods that the others are compared with
 * @param networks those that cross domains and MeLU; they take most of the time
 * @param learnedRouting the domain's own routing table, for which the served models are trained
 *     some times over
 * @param sequential networks of the order of a user's likes, and a Markov chain
 */
public record Extent(
    boolean baselines, boolean networks, boolean learnedRouting, boolean sequential) {
  /** What serving routes between alone. */
  public static final Extent SERVED = new Extent(false, false, false, false);

  public static final Extent WITHOUT_NETWORKS = new Extent(true, false, true, false);

  /** But for those that need an order of the likes. */
  public static final Extent ALL = new Extent(true, true, true, false);

  /** The same and the sequential ones. */
  public Extent withSequential() {
    return new Extent(baselines, networks, learnedRouting, true);
  }
}
