package dev.thaw.models.training;

/**
 * Adam, Kingma and Ba, ICLR 2015, algorithm 1, on parameters in one flat array. Mutable; one
 * thread.
 */
public final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] mean;
  private final double[] square;
  private double firstPower = 1;
  private double secondPower = 1;

  /**
   * @param rate largest move of a parameter in a step, about
   */
  public Adam(int parameters, double rate) {
    this.rate = rate;
    this.mean = new double[parameters];
    this.square = new double[parameters];
  }

  /** Moves the parameters in place against the gradient. */
  public void step(double[] parameters, double[] gradient) {
    firstPower *= FIRST;
    secondPower *= SECOND;
    double scale = rate * Math.sqrt(1 - secondPower) / (1 - firstPower);
    double epsilon = EPSILON * Math.sqrt(1 - secondPower);
    for (int i = 0; i < parameters.length; i++) {
      mean[i] += (1 - FIRST) * (gradient[i] - mean[i]);
      square[i] += (1 - SECOND) * (gradient[i] * gradient[i] - square[i]);
      parameters[i] -= scale * mean[i] / (Math.sqrt(square[i]) + epsilon);
    }
  }
}
