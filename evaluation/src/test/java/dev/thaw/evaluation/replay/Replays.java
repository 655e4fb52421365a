package dev.thaw.evaluation.replay;

import dev.thaw.evaluation.offpolicy.Intervals;
import java.util.Objects;

/** What tests read of a replay. */
final class Replays {
  private Replays() {}

  /** Of an identifiable one. */
  static Intervals intervals(ReplayResult result, String estimator) {
    return Objects.requireNonNull(result.estimates()).rows().stream()
        .filter(row -> row.estimator().equals(estimator))
        .findFirst()
        .orElseThrow()
        .intervals();
  }
}
