package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import dev.thaw.models.training.Dot;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Ridge regression with all of its covariance: {@code A = lambda I + sum x x', b = sum r x},
 * LinUCB's statistics of one arm (Li et al., WWW 2010, algorithm 1). The inverse of A follows each
 * observation by Sherman and Morrison's formula,
 *
 * <pre>A^-1 -= (A^-1 x)(A^-1 x)' / (1 + x' A^-1 x),</pre>
 *
 * O(d^2); after something has faded or was merged it is made anew when it is next asked for,
 * O(d^3). Where rounding has cost the inverse its digits or its definiteness it is made anew at
 * once, and where A itself has none left both fall back to the prior; both are counted. Mutable;
 * belongs to one thread.
 */
public final class RidgeStatistics {
  /** A step takes that much of the variance in the direction of x, and as much of its digits. */
  private static final double MOST_LOST = 1e8;

  /** Steps that rounding may add up in before the inverse is made anew. */
  private static final int MOST_STEPS = 1_000;

  private final double lambda;
  private final int d;
  private final Fading fading;
  private final double[] gram;
  private final double[] moment;
  private final double[] inverse;
  private final double[] image;
  private boolean stale;
  private int steps;
  private long frontier = Fading.NEVER;
  private Repairs repairs = Repairs.NONE;

  public RidgeStatistics(LinearPrior prior, Fading fading) {
    this.lambda = prior.lambda();
    this.d = prior.dimension();
    this.fading = fading;
    this.gram = new double[d * d];
    this.moment = new double[d];
    this.inverse = new double[d * d];
    this.image = new double[d];
    toPrior();
  }

  private void toPrior() {
    Arrays.fill(gram, 0);
    Arrays.fill(moment, 0);
    Arrays.fill(inverse, 0);
    for (int j = 0; j < d; j++) {
      inverse[j * d + j] = 1 / lambda;
    }
    stale = false;
  }

  /**
   * As it was kept somewhere. What can't be is set back to the prior, and counted.
   *
   * @param gram sum of x x', d x d, row after row
   * @param moment b, length d
   */
  public static RidgeStatistics restored(
      LinearPrior prior, Fading fading, double[] gram, double[] moment, long frontier) {
    RidgeStatistics statistics = new RidgeStatistics(prior, fading);
    int d = statistics.d;
    if (gram.length != d * d || moment.length != d) {
      throw new IllegalArgumentException(
          "statistics must be of %d features, were %d and %d numbers"
              .formatted(d, gram.length, moment.length));
    }
    System.arraycopy(gram, 0, statistics.gram, 0, gram.length);
    System.arraycopy(moment, 0, statistics.moment, 0, d);
    statistics.frontier = frontier;
    statistics.invert();
    return statistics;
  }

  /**
   * @param x length d, finite
   * @param target finite
   * @param time event time, epoch milliseconds
   */
  void observe(double[] x, double target, long time) {
    fadeTo(time);
    double weight = fading.left(time, frontier);
    for (int i = 0; i < d; i++) {
      double scaled = weight * x[i];
      moment[i] += scaled * target;
      for (int j = 0; j < d; j++) {
        gram[i * d + j] += scaled * x[j];
      }
    }
    if (!stale) {
      follow(x, weight);
    }
  }

  private void follow(double[] x, double weight) {
    double spread = 0;
    for (int i = 0; i < d; i++) {
      image[i] = Dot.of(inverse, i * d, x, 0, d);
      spread += x[i] * image[i];
    }
    double factor = weight / (1 + weight * spread);
    boolean definite = spread >= 0 && weight * spread < MOST_LOST;
    for (int i = 0; i < d; i++) {
      double scaled = factor * image[i];
      for (int j = 0; j < d; j++) {
        inverse[i * d + j] -= scaled * image[j];
      }
      definite &= inverse[i * d + i] > 0 && Double.isFinite(inverse[i * d + i]);
    }
    if (!definite) {
      invertAgain();
    } else if (++steps == MOST_STEPS) {
      stale = true;
    }
  }

  /** Makes an inverse anew that has turned out to be none, and counts it. */
  void invertAgain() {
    repairs = repairs.plus(Repairs.ONE_INVERTED);
    invert();
  }

  /** Falls back to the prior, and counts it. */
  void forget() {
    toPrior();
    repairs = repairs.plus(Repairs.ONE_TO_PRIOR);
  }

  /** Adds what another one, of the same prior, has learned. O(d^2). */
  public void merge(RidgeStatistics other) {
    fadeTo(other.frontier);
    double left = fading.left(other.frontier, frontier);
    for (int i = 0; i < gram.length; i++) {
      gram[i] += left * other.gram[i];
    }
    for (int i = 0; i < d; i++) {
      moment[i] += left * other.moment[i];
    }
    repairs = repairs.plus(other.repairs);
    stale = true;
  }

  private void fadeTo(long time) {
    double left = fading.left(frontier, time);
    if (left < 1) {
      for (int i = 0; i < gram.length; i++) {
        gram[i] *= left;
      }
      for (int i = 0; i < d; i++) {
        moment[i] *= left;
      }
      stale = true;
    }
    frontier = Math.max(frontier, time);
  }

  private void invert() {
    steps = 0;
    DMatrixRMaj a = new DMatrixRMaj(d, d, true, gram.clone());
    for (int j = 0; j < d; j++) {
      a.add(j, j, lambda);
    }
    DMatrixRMaj result = new DMatrixRMaj(d, d);
    boolean definite =
        allFinite(a.data) && allFinite(moment) && CommonOps_DDRM.invertSPD(a, result);
    if (definite && allFinite(result.data)) {
      System.arraycopy(result.data, 0, inverse, 0, inverse.length);
      stale = false;
    } else {
      forget();
    }
  }

  private static boolean allFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** All of it as of a time, apart from what follows. */
  RidgePosterior posterior(long time) {
    fadeTo(time);
    double[] own = inverse();
    return new RidgePosterior(coefficients(), own.clone());
  }

  /** {@code A^-1}, d x d, not to be changed; valid until the next observation. */
  double[] inverse() {
    if (stale) {
      invert();
    }
    return inverse;
  }

  /** {@code A^-1 b}. O(d^2). */
  double[] coefficients() {
    double[] from = inverse();
    double[] theta = new double[d];
    for (int i = 0; i < d; i++) {
      theta[i] = Dot.of(from, i * d, moment, 0, d);
    }
    return theta;
  }

  /** Sum of x x', d x d, a copy. */
  public double[] gram() {
    return gram.clone();
  }

  /** b, a copy. */
  public double[] moment() {
    return moment.clone();
  }

  /** Event time of the newest observation; {@link Fading#NEVER} before the first. */
  public long frontier() {
    return frontier;
  }

  public Repairs repairs() {
    return repairs;
  }
}
