package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Central differences in 64 bits against a gradient by hand. */
final class FiniteDifferences {
  private static final double STEP = 1e-5;

  private FiniteDifferences() {}

  /** Of one example, by every parameter. */
  static void check(ExampleLoss loss, double[] parameters, int example) {
    double[] gradient = new double[parameters.length];
    loss.add(parameters, example, gradient);
    double[] unused = new double[parameters.length];
    double largest = 0;
    for (int i = 0; i < parameters.length; i++) {
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + STEP;
      double up = loss.add(moved, example, unused);
      moved[i] = parameters[i] - STEP;
      double down = loss.add(moved, example, unused);
      double numeric = (up - down) / (2 * STEP);
      assertThat(gradient[i])
          .as("parameter %s", i)
          .isCloseTo(numeric, within(1e-6 * Math.max(1, Math.abs(numeric))));
      largest = Math.max(largest, Math.abs(numeric));
    }
    assertThat(largest).as("the largest derivative").isGreaterThan(1e-3);
  }
}
