package dev.thaw.evaluation.offpolicy;

import dev.thaw.models.metrics.Interval;

/**
 * An estimate with intervals of 95 %, all over clusters and cut to what rewards can be. The same
 * mean stands in each.
 *
 * @param standardError by linearisation
 * @param normal estimate plus or minus 1.96 standard errors
 * @param percentile quantiles of the resampled estimates (Efron 1979)
 * @param studentised bootstrap-t: quantiles of the resampled errors, each in units of its own
 *     standard error (Efron and Tibshirani 1993, sec. 12.5), which takes in the skewness of
 *     weighted rewards
 */
public record Intervals(
    double estimate,
    double standardError,
    Interval normal,
    Interval percentile,
    Interval studentised) {
  /** Standard errors on each side of a normal interval of 95 %. */
  static final double Z = 1.959964;
}
