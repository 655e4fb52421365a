package dev.thaw.evaluation.abtest;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a comparison of a treatment with the control comes to. */
public enum Verdict {
  /** The arms do not hold the users they should: nothing can be said. */
  INVALID("invalid"),
  /** The metric fell, or a guardrail did by more than its margin. */
  HARMED("stop: harmed"),
  /** The metric rose, and every guardrail is known to hold. */
  BETTER("ship: better"),
  /** If the metric rose, it did by less than is worth a change: the control may stay. */
  KEEP("keep"),
  UNDECIDED("undecided");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  @JsonValue
  public String label() {
    return label;
  }
}
