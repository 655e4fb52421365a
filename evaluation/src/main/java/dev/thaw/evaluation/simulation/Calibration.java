package dev.thaw.evaluation.simulation;

/**
 * From a predicted rating to the chance that it is a like: {@code logistic(a + b (x - centre))}, by
 * maximum likelihood (Platt 1999).
 */
record Calibration(double centre, double a, double b) {
  private static final int STEPS = 25;

  /** Of a ridge that keeps predictions which tell likes apart without fault from running away. */
  private static final double RIDGE = 1;

  /**
   * Newton's method.
   *
   * @param predicted at least one
   * @param liked in the same order
   */
  static Calibration fit(double[] predicted, boolean[] liked) {
    double centre = 0;
    for (double each : predicted) {
      centre += each / predicted.length;
    }
    double a = 0;
    double b = 0;
    for (int step = 0; step < STEPS; step++) {
      double gradientA = 0;
      double gradientB = -RIDGE * b;
      double aa = 1e-9;
      double ab = 0;
      double bb = RIDGE;
      for (int i = 0; i < predicted.length; i++) {
        double x = predicted[i] - centre;
        double chance = logistic(a + b * x);
        double left = (liked[i] ? 1 : 0) - chance;
        double weight = chance * (1 - chance);
        gradientA += left;
        gradientB += left * x;
        aa += weight;
        ab += weight * x;
        bb += weight * x * x;
      }
      double determinant = aa * bb - ab * ab;
      a += (bb * gradientA - ab * gradientB) / determinant;
      b += (aa * gradientB - ab * gradientA) / determinant;
    }
    return new Calibration(centre, a, b);
  }

  double chance(double predicted) {
    return logistic(a + b * (predicted - centre));
  }

  static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
