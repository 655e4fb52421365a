package dev.thaw.evaluation.claims;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.thaw.models.metrics.Interval;
import java.util.Collection;

/** What became of a claim. */
public enum Verdict {
  HOLDS("holds"),
  FAILS("does not hold"),
  /** The interval lies on both sides of what is claimed. */
  UNDECIDED("undecided"),
  /** Something that it needs is not built, or not in the data. */
  NOT_MEASURABLE("not measurable yet");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }

  /** "At least so much." */
  static Verdict atLeast(double claimed, Interval measured) {
    return measured.low() >= claimed ? HOLDS : measured.high() < claimed ? FAILS : UNDECIDED;
  }

  /** "At most so much." */
  static Verdict atMost(double claimed, Interval measured) {
    return measured.high() <= claimed ? HOLDS : measured.low() > claimed ? FAILS : UNDECIDED;
  }

  /** Of a claim with several parts, all of which must hold. */
  static Verdict all(Collection<Verdict> parts) {
    if (parts.isEmpty() || parts.contains(NOT_MEASURABLE)) {
      return NOT_MEASURABLE;
    }
    return parts.contains(FAILS) ? FAILS : parts.contains(UNDECIDED) ? UNDECIDED : HOLDS;
  }
}
