package dev.thaw.models.training;

/**
 * Adam, Kingma and Ba, ICLR 2015, algorithm 1, on parameters in one flat array, with decoupled
 * weight decay (Loshchilov and Hutter, ICLR 2019, algorithm 2) where it is asked for. Mutable; one
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
  private int steps;

  /**
   * @param rate largest move of a parameter in a step, about
   */
  public Adam(int parameters, double rate) {
    this.rate = rate;
    this.mean = new double[parameters];
    this.square = new double[parameters];
  }

  /** Number of steps taken. */
  public int steps() {
    return steps;
  }

  /** Moves the parameters in place against the gradient. */
  public void step(double[] parameters, double[] gradient) {
    step(parameters, gradient, 1);
  }

  /**
   * The same with decay.
   *
   * @param share of the rate in this step
   * @param decay of the parameters from {@code decayFrom} on: of each step, the rate times this
   */
  public void step(
      double[] parameters, double[] gradient, double share, double decay, int decayFrom) {
    step(parameters, gradient, share);
    double kept = 1 - rate * share * decay;
    for (int i = decayFrom; i < parameters.length; i++) {
      parameters[i] *= kept;
    }
  }

  private void step(double[] parameters, double[] gradient, double share) {
    steps++;
    firstPower *= FIRST;
    secondPower *= SECOND;
    double scale = share * rate * Math.sqrt(1 - secondPower) / (1 - firstPower);
    double epsilon = EPSILON * Math.sqrt(1 - secondPower);
    for (int i = 0; i < parameters.length; i++) {
      mean[i] += (1 - FIRST) * (gradient[i] - mean[i]);
      square[i] += (1 - SECOND) * (gradient[i] * gradient[i] - square[i]);
      parameters[i] -= scale * mean[i] / (Math.sqrt(square[i]) + epsilon);
    }
  }
}
