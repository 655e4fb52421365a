package dev.thaw.evaluation.claims;

import dev.thaw.models.metrics.Interval;
import java.util.List;

/**
 * A claim on one domain.
 *
 * @param holdsIf what was measured, and when the claim counts as holding
 * @param why what is missing, where it can't be measured; else what the figures say in words, or
 *     empty
 */
public record ClaimResult(
    String claim,
    String source,
    String domain,
    Verdict verdict,
    String holdsIf,
    String why,
    List<Finding> findings) {
  public ClaimResult {
    findings = List.copyOf(findings);
  }

  /**
   * A figure.
   *
   * @param interval of 95 % by bootstrap over users; where it says so, over training seeds
   */
  public record Finding(String what, Interval interval) {}
}
