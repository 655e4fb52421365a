package dev.thaw.evaluation.offpolicy.coverage;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Distributions over few arms. */
final class Chances {
  private Chances() {}

  /** Softmax of the scores, mixed with a uniform share. */
  static double[] softmax(double[] scores, double uniformShare) {
    double highest = Arrays.stream(scores).max().orElseThrow();
    double[] chances = Arrays.stream(scores).map(score -> Math.exp(score - highest)).toArray();
    double sum = Arrays.stream(chances).sum();
    return Arrays.stream(chances)
        .map(each -> (1 - uniformShare) * each / sum + uniformShare / chances.length)
        .toArray();
  }

  /** An index, each with its chance; chances may have any sum. */
  static int draw(double[] chances, SplittableRandom random) {
    double left = random.nextDouble() * Arrays.stream(chances).sum();
    int last = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        last = i;
        left -= chances[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  static double[] gaussians(int size, double scale, SplittableRandom random) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> scale * random.nextGaussian());
    return values;
  }

  static int bernoulli(double chance, SplittableRandom random) {
    return random.nextDouble() < chance ? 1 : 0;
  }
}
