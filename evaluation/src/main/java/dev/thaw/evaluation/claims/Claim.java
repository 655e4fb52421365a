package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import java.util.List;

/** Something that was claimed of a method. */
interface Claim {
  String text();

  String source();

  /** What is measured, and when the claim counts as holding. */
  String holdsIf();

  ClaimResult on(ClaimRun run);

  default ClaimResult result(ClaimRun run, Verdict verdict, String why, List<Finding> findings) {
    return new ClaimResult(
        text(), source(), run.experiment().target().value(), verdict, holdsIf(), why, findings);
  }

  /** For want of something in the data. */
  default ClaimResult notMeasurable(ClaimRun run, String missing) {
    return result(run, Verdict.NOT_MEASURABLE, missing, List.of());
  }
}
