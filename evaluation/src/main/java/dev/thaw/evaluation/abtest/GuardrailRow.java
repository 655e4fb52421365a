package dev.thaw.evaluation.abtest;

import dev.thaw.models.metrics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A guardrail of a treatment beside the control.
 *
 * @param difference treatment minus control, mean over users
 * @param bounds a lower and an upper one, each a one-sided sequence of its own at the corrected
 *     level; null where nothing can be said yet
 */
public record GuardrailRow(
    String metric, double margin, double difference, @Nullable Interval bounds, String state) {
  static final String FALLEN = "fallen";
  static final String HELD = "held";
  static final String OPEN = "open";

  static GuardrailRow of(Guardrail guardrail, double difference, @Nullable Interval bounds) {
    double least = -guardrail.margin();
    String state =
        bounds == null ? OPEN : bounds.high() < least ? FALLEN : bounds.low() > least ? HELD : OPEN;
    return new GuardrailRow(
        guardrail.metric().label(), guardrail.margin(), difference, bounds, state);
  }
}
