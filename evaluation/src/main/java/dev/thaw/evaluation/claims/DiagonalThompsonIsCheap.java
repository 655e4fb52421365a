package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.exploration.ThompsonCost;
import dev.thaw.evaluation.exploration.ThompsonRequests;
import dev.thaw.models.metrics.Interval;
import java.util.Arrays;
import java.util.List;

/**
 * The article's count of operations, made by the code that chooses. It needs nothing of the data.
 */
final class DiagonalThompsonIsCheap implements Claim {
  private static final int ARMS = 10_000;
  private static final int DIMENSION = 128;
  private static final int TURNS = 3;
  private static final double MILLION = 1e6;
  private static final double FULL = 160;
  private static final double FASTER = 10;
  private static final double DIAGONAL = 1.3;

  @Override
  public String text() {
    return "diagonal Thompson sampling turns 160M operations a request (10,000 arms, d = 128) into"
        + " 1.3M";
  }

  @Override
  public String source() {
    return "the article";
  }

  @Override
  public String holdsIf() {
    return "multiply-adds that the variances of all arms' scores take in one request: at least 160M"
        + " with full covariance and at most 1.3M with the diagonal, which is arithmetic (both take"
        + " 1.3M for the means, too); and measured: the CPU time of a request at least 10 times less"
        + " with the diagonal in each of the turns";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    run.at("choosing among " + ARMS + " arms with diagonal and with full covariance");
    ThompsonCost cost =
        ThompsonCost.measure(
            new ThompsonRequests(ARMS, DIMENSION, run.random()),
            TURNS,
            run::cpuNanos,
            run.random());
    Interval full = exactly(cost.full().varianceProducts() / MILLION);
    Interval diagonal = exactly(cost.diagonal().varianceProducts() / MILLION);
    return result(
        run,
        Verdict.all(
            List.of(
                Verdict.atLeast(FULL, full),
                Verdict.atMost(DIAGONAL, diagonal),
                Verdict.atLeast(FASTER, range(cost.ratios())))),
        "",
        List.of(
            new Finding("million products of variances, full covariance", full),
            new Finding("million products of variances, diagonal", diagonal),
            new Finding(
                "million products of means, either", exactly(cost.full().meanProducts() / MILLION)),
            new Finding("CPU ms a request, full covariance", turns(cost.fullSeconds())),
            new Finding("CPU ms a request, diagonal", turns(cost.diagonalSeconds())),
            new Finding("CPU time, full over diagonal", range(cost.ratios()))));
  }

  /** Counted, so that there is no interval. */
  private static Interval exactly(double value) {
    return new Interval(value, value, value, 1);
  }

  private static Interval turns(List<Double> seconds) {
    return range(seconds.stream().mapToDouble(each -> 1e3 * each).toArray());
  }

  /** Median, lowest and highest of the turns. */
  private static Interval range(double[] turns) {
    double[] sorted = Arrays.stream(turns).sorted().toArray();
    return new Interval(
        sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
