package dev.thaw.models.meta;

/**
 * How a user's parameters come from the shared ones.
 *
 * @param steps of gradient descent on the whole support, 0 for the unadapted network
 * @param rate alpha, on the mean squared error of targets in units of their root mean square
 */
public record InnerLoop(AdaptedPart part, int steps, double rate) {
  static final int MAX_STEPS = 20;

  public InnerLoop {
    if (steps < 0 || steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "inner steps must be in [0, " + MAX_STEPS + "], was " + steps);
    }
    if (!(rate > 0) || !Double.isFinite(rate)) {
      throw new IllegalArgumentException("inner rate must be > 0 and finite, was " + rate);
    }
  }
}
