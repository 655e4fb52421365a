package dev.thaw.evaluation.abtest;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and why. Wrong shares come before all, harm before gain; a gain counts only where every
 * guardrail is known to hold.
 */
record Decision(Verdict verdict, String why) {

  /**
   * @param invalid whether users met the arms in the wrong shares
   * @param leastEffect what a change must bring to be worth it; null: not said, never {@code keep}
   */
  static Decision of(
      boolean invalid,
      @Nullable Double leastEffect,
      MetricRow metric,
      List<GuardrailRow> guardrails) {
    String name = metric.metric();
    String fallen = inState(GuardrailRow.FALLEN, guardrails);
    String open = inState(GuardrailRow.OPEN, guardrails);
    if (invalid) {
      return new Decision(Verdict.INVALID, "users met the arms in other shares than they should");
    }
    if (!fallen.isEmpty()) {
      return new Decision(Verdict.HARMED, fallen + " fell by more than the margin");
    }
    if (metric.fell()) {
      return new Decision(Verdict.HARMED, name + " fell");
    }
    if (metric.rose() && open.isEmpty()) {
      return new Decision(
          Verdict.BETTER, name + " rose" + (guardrails.isEmpty() ? "" : ", guardrails hold"));
    }
    if (leastEffect != null && metric.isBelow(leastEffect)) {
      return new Decision(Verdict.KEEP, name + " rose by less than " + leastEffect + ", if at all");
    }
    if (metric.sequence() == null) {
      return new Decision(
          Verdict.UNDECIDED,
          "an arm has fewer than "
              + NormalMixture.MIN_USERS
              + " measured users, or all users have the same "
              + name);
    }
    return new Decision(
        Verdict.UNDECIDED,
        metric.rose()
            ? name + " rose, but it is open whether " + open + " holds"
            : "no difference of " + name + " can be told from chance yet");
  }

  private static String inState(String state, List<GuardrailRow> guardrails) {
    return guardrails.stream()
        .filter(each -> each.state().equals(state))
        .map(GuardrailRow::metric)
        .collect(Collectors.joining(", "));
  }
}
