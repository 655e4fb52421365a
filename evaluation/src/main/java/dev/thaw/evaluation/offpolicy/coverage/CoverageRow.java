package dev.thaw.evaluation.offpolicy.coverage;

/**
 * How one estimator did with one kind of interval in one world.
 *
 * @param truth value of the evaluated policy
 * @param bias mean error
 * @param rmse root of the mean squared error
 * @param width mean of the interval's
 * @param coverage share of repetitions whose interval holds the truth
 * @param effectiveSampleSize mean over repetitions
 * @param verdict what the coverage means for an interval of nominal 95 %
 */
public record CoverageRow(
    String world,
    String estimator,
    String interval,
    double truth,
    double bias,
    double rmse,
    double width,
    double coverage,
    double effectiveSampleSize,
    String verdict) {}
