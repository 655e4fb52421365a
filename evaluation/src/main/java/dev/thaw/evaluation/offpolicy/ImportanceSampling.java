package dev.thaw.evaluation.offpolicy;

import java.util.function.ToDoubleFunction;

/**
 * Estimators that reweight what was logged and model nothing. w is the weight of the whole answer,
 * the product over its slots, r the sum of its rewards; n rounds.
 */
final class ImportanceSampling {
  private ImportanceSampling() {}

  /** {@code 1/n sum w r} (Horvitz and Thompson 1952). Unbiased where the log has full support. */
  static Estimator ips() {
    return new Estimator("IPS", log -> Terms.mean(log, i -> log.listWeight(i) * log.listReward(i)));
  }

  /**
   * {@code sum w r / sum w} (Swaminathan and Joachims 2015, eq. 10). Moves with the rewards: adding
   * a constant to each adds it to the estimate. Biased of order 1/n.
   */
  static Estimator snips() {
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
  static Estimator clipped(double most) {
    if (!(most > 0)) {
      throw new IllegalArgumentException("weights must be clipped above 0, were at " + most);
    }
    return clippedAt(log -> most);
  }

  /** Clipped at the root of n, the order that Ionides (2008, sec. 3) finds best. */
  static Estimator clippedAtRoot() {
    return clippedAt(log -> Math.sqrt(log.size()));
  }

  private static Estimator clippedAt(ToDoubleFunction<WeightedLog> clip) {
    return new Estimator(
        "clipped IPS",
        log -> {
          double most = clip.applyAsDouble(log);
          return Terms.mean(log, i -> Math.min(log.listWeight(i), most) * log.listReward(i));
        });
  }
}
