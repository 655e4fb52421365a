package dev.thaw.evaluation.replay.check;

import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.models.bandit.BetaPrior;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of an arm's linear rewards, from all that it was shown for and by the normal
 * equations alone: {@code A = diag(s, lambda, ..) + sum x x'} over the observations in the space of
 * the features, with {@code s} and the pseudo-rewards of the first weight those of the arm's prior
 * and of the observations in other spaces, of which 500 count at most.
 */
final class TextbookArm {
  private static final double MOST_OTHERS = 500;

  private final Map<String, Sums> spaces = new HashMap<>();
  private double impressions;
  private double rewards;

  /** Of the observations in one space: {@code sum x x'} and {@code sum r x}. */
  private record Sums(double[][] gram, double[] moment) {
    static Sums of(int d) {
      return new Sums(new double[d][d], new double[d]);
    }
  }

  /**
   * Of the expected reward for a user, variances in units of the noise's.
   *
   * @param variance {@code x' A^-1 x}
   * @param diagonal {@code sum_j x_j^2 / A_jj}
   */
  record Score(double mean, double variance, double diagonal) {}

  void observe(DecisionFeatures features, double reward) {
    float[] x = features.toArray();
    Sums sums = spaces.computeIfAbsent(features.space(), first -> Sums.of(x.length));
    for (int i = 0; i < x.length; i++) {
      sums.moment()[i] += reward * x[i];
      for (int j = 0; j < x.length; j++) {
        sums.gram()[i][j] += (double) x[i] * x[j];
      }
    }
    impressions++;
    rewards += reward;
  }

  Score score(BetaPrior prior, double lambda, DecisionFeatures features) {
    float[] x = features.toArray();
    Sums sums = spaces.getOrDefault(features.space(), Sums.of(x.length));
    double[][] a = Arrays.stream(sums.gram()).map(double[]::clone).toArray(double[][]::new);
    double[] b = sums.moment().clone();
    // as x begins with 1, the first entries are impressions and rewards of this space
    double others = impressions - a[0][0];
    double counted = Math.min(others, MOST_OTHERS);
    double earned = others > 0 ? counted * (rewards - b[0]) / others : 0;
    a[0][0] += prior.alpha() + prior.beta() + counted;
    b[0] += prior.alpha() + earned;
    for (int j = 1; j < x.length; j++) {
      a[j][j] += lambda;
    }
    double diagonal = 0;
    for (int j = 0; j < x.length; j++) {
      diagonal += x[j] * x[j] / a[j][j];
    }
    double[] solved = solved(a, x);
    return new Score(product(solved, b), product(solved, wide(x)), diagonal);
  }

  /** {@code A^-1 x} by elimination; A is positive definite, and is used up. */
  private static double[] solved(double[][] a, float[] x) {
    int d = x.length;
    double[] y = wide(x);
    for (int column = 0; column < d; column++) {
      for (int row = column + 1; row < d; row++) {
        double factor = a[row][column] / a[column][column];
        for (int j = column; j < d; j++) {
          a[row][j] -= factor * a[column][j];
        }
        y[row] -= factor * y[column];
      }
    }
    for (int row = d - 1; row >= 0; row--) {
      for (int j = row + 1; j < d; j++) {
        y[row] -= a[row][j] * y[j];
      }
      y[row] /= a[row][row];
    }
    return y;
  }

  private static double[] wide(float[] x) {
    double[] wide = new double[x.length];
    Arrays.setAll(wide, j -> x[j]);
    return wide;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
