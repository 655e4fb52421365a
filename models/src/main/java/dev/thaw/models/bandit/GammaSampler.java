package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * Gamma numbers of scale 1 by Marsaglia and Tsang, "A simple method for generating gamma variables"
 * (ACM TOMS 2000): exact, with {@code d = a - 1/3}, {@code c = 1 / sqrt(9 d)}, {@code (1 + c z)^3
 * d} accepted by a squeeze. A shape below 1 is raised by one and multiplied by {@code U^(1/a)}. The
 * constants of many shapes lie in one array, so that a loop over arms stays in cache. No allocation
 * a draw.
 */
public final class GammaSampler {
  private static final int STRIDE = 3;
  private static final double TO_UNIT = 0x1p-24;

  /** For each shape d, c and 1/a, or 0 where the shape is at least 1. */
  private final double[] constants;

  public GammaSampler(int shapes) {
    constants = new double[shapes * STRIDE];
  }

  public void set(int index, double shape) {
    double raised = shape < 1 ? shape + 1 : shape;
    double d = raised - 1.0 / 3;
    constants[index * STRIDE] = d;
    constants[index * STRIDE + 1] = 1 / Math.sqrt(9 * d);
    constants[index * STRIDE + 2] = shape < 1 ? 1 / shape : 0;
  }

  public double draw(int index, SplittableRandom random) {
    double d = constants[index * STRIDE];
    double c = constants[index * STRIDE + 1];
    double inverse = constants[index * STRIDE + 2];
    double gamma = d * cube(c, random, d);
    return inverse == 0 ? gamma : gamma * Math.pow(1 - random.nextDouble(), inverse);
  }

  private static double cube(double c, SplittableRandom random, double d) {
    while (true) {
      long word = random.nextLong();
      double z = Ziggurat.normal(word, random);
      double root = 1 + c * z;
      if (root > 0) {
        double v = root * root * root;
        double u = ((word >>> 8 & 0xffffff) + 0.5) * TO_UNIT;
        double square = z * z;
        if (u < 1 - 0.0331 * square * square
            || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))) {
          return v;
        }
      }
    }
  }
}
