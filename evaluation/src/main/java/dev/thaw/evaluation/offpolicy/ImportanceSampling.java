package dev.thaw.evaluation.offpolicy;

import java.util.List;

/**
 * Estimators that reweight what was logged and model nothing. w is the weight of the whole answer,
 * the product over its slots, r the sum of its rewards; n rounds.
 */
public final class ImportanceSampling {
  private ImportanceSampling() {}

  /** The following three, and the clipped one at {@link #clippedAtRoot}. */
  public static List<Estimator> all() {
    return List.of(ips(), snips(), clippedAtRoot());
  }

  /** {@code 1/n sum w r} (Horvitz and Thompson 1952). Unbiased where the log has full support. */
  public static Estimator ips() {
    return new Estimator("IPS", log -> Terms.mean(log, i -> log.listWeight(i) * log.listReward(i)));
  }

  /**
   * {@code sum w r / sum w} (Swaminathan and Joachims 2015, eq. 10). Moves with the rewards: adding
   * a constant to each adds it to the estimate. Biased of order 1/n.
   */
  public static Estimator snips() {
    return new Estimator(
        "SNIPS",
        log -> Terms.ratio(log, i -> log.listWeight(i) * log.listReward(i), log::listWeight));
  }

  /**
   * {@code 1/n sum min(w, M) r} (Ionides 2008, eq. 2; Bottou et al. 2013, sec. 4.4). Too low by at
   * most {@code E[(w - M)+ r]}.
   *
   * @param most M, above 0
   */
  public static Estimator clipped(double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException("weights must be clipped above 0, were at " + most);
    }
    return clipped("clipped IPS", log -> most);
  }

  /** Clipped at the root of n, the order that Ionides (2008, sec. 3) finds best. */
  public static Estimator clippedAtRoot() {
    return clipped("clipped IPS", log -> Math.sqrt(log.size()));
  }

  private interface Clip {
    double of(WeightedLog log);
  }

  private static Estimator clipped(String name, Clip clip) {
    return new Estimator(
        name,
        log -> {
          double most = clip.of(log);
          return Terms.mean(log, i -> Math.min(log.listWeight(i), most) * log.listReward(i));
        });
  }
}
