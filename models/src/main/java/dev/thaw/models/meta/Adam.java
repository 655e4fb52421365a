package dev.thaw.models.meta;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter,
 * ICLR 2019, algorithm 2). Changes the parameters in place. One thread.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double[] parameters;
  private final double[] mean;
  private final double[] square;
  private final double rate;
  private int steps;

  Adam(double[] parameters, double rate) {
    this.parameters = parameters;
    this.mean = new double[parameters.length];
    this.square = new double[parameters.length];
    this.rate = rate;
  }

  /** The learning rate. */
  double rate() {
    return rate;
  }

  int steps() {
    return steps;
  }

  /**
   * @param decay of the parameters from {@code decayFrom} on: of each step, the rate times this
   * @param scale of the rate in this step
   */
  void step(double[] gradient, double decay, int decayFrom, double scale) {
    steps++;
    double toMean = 1 / (1 - Math.pow(BETA1, steps));
    double toSquare = 1 / (1 - Math.pow(BETA2, steps));
    double now = rate * scale;
    for (int i = 0; i < parameters.length; i++) {
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
      square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
      parameters[i] -= now * mean[i] * toMean / (Math.sqrt(square[i] * toSquare) + EPSILON);
    }
    double kept = 1 - now * decay;
    for (int i = decayFrom; i < parameters.length; i++) {
      parameters[i] *= kept;
    }
  }
}
