package dev.thaw.evaluation.abtest;

/**
 * A metric that must not fall by more than a margin.
 *
 * @param margin in units of the metric, above 0 and, for a rate, at most 1
 */
public record Guardrail(Metric metric, double margin) {
  public Guardrail {
    if (!(margin > 0 && margin <= metric.highest() && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "margin of "
              + metric.label()
              + " must be > 0 and "
              + (metric.highest() < Double.POSITIVE_INFINITY ? "<= " + metric.highest() : "finite")
              + ", was "
              + margin);
    }
  }

  /**
   * @param text {@code METRIC:MARGIN}
   */
  public static Guardrail parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a guardrail must be METRIC:MARGIN, was \"" + text + '"');
    }
    Metric metric = Metric.labelled(text.substring(0, colon));
    try {
      return new Guardrail(metric, Double.parseDouble(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "margin of " + metric.label() + " must be a number, was \"" + text + '"', e);
    }
  }
}
