package dev.thaw.evaluation.offpolicy;

import dev.thaw.models.metrics.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of a policy.
 *
 * @param log name of what was logged
 * @param policy name of what is evaluated
 * @param verdict reliable, or unreliable and why
 * @param logged mean reward of an answer in the log itself, with studentised interval
 * @param own the same in the log of the evaluated policy, null if there is none
 * @param highProbability covers whatever the distribution
 */
public record OffPolicyResult(
    String log,
    String policy,
    Diagnostics diagnostics,
    String verdict,
    Intervals logged,
    @Nullable Intervals own,
    Interval highProbability,
    List<Row> rows) {
  public OffPolicyResult {
    rows = List.copyOf(rows);
  }

  /**
   * One estimator.
   *
   * @param minusOwn estimate minus the mean of the policy's own log, plus or minus 1.96 errors of
   *     both sides, {@code sqrt(a^2 + b^2)}; null without such a log
   */
  public record Row(String estimator, Intervals intervals, @Nullable Interval minusOwn) {}
}
