package dev.thaw.evaluation.abtest;

import dev.thaw.models.metrics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The metric that decides, of a treatment beside the control.
 *
 * @param control mean over users
 * @param treatment mean over users
 * @param difference treatment minus control, in the metric's units, as the other intervals
 * @param sequence holds at every look, at the corrected level; null where nothing can be said yet
 * @param pValue always valid, corrected: times the number of sequences
 * @param fixedHorizon bootstrap interval of the same level, which holds at one look that was fixed
 *     beforehand; null without users in an arm
 */
public record MetricRow(
    String metric,
    double control,
    double treatment,
    double difference,
    @Nullable Interval sequence,
    double pValue,
    @Nullable Interval fixedHorizon) {
  boolean rose() {
    return sequence != null && sequence.low() > 0;
  }

  boolean fell() {
    return sequence != null && sequence.high() < 0;
  }

  boolean isBelow(double effect) {
    return sequence != null && sequence.high() < effect;
  }
}
