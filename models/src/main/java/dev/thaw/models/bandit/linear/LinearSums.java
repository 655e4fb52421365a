package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Arrays;

/**
 * The sufficient statistics of one arm's linear rewards, to be kept and carried about: {@code G =
 * sum w x x'}, {@code b = sum w r x}, with weights w that fade by event time (Li et al., WWW 2010,
 * algorithm 1, without the prior). Plain sums, unlike {@link DiagonalStatistics}, whose steps don't
 * look back: the order of arrival and of merging matters within rounding only. No inverse is
 * followed; {@link LinearPosteriors} makes what decides. Of G the lower triangle is kept, row after
 * row. Mutable; belongs to one thread. O(d^2) an observation.
 */
public final class LinearSums {
  /** Most features; the statistics of an arm then take 17 kB, half of that as they are served. */
  public static final int MOST_FEATURES = 65;

  private static final double MOST_REWARD = 1e6;

  /** Beyond this, squares and sums of them leave what a single-precision number can hold. */
  private static final float MOST = 1e6f;

  private final int d;
  private final double[] gram;
  private final double[] moment;
  private long impressions;
  private long frontier;

  private LinearSums(int d, double[] gram, double[] moment, long impressions, long frontier) {
    this.d = d;
    this.gram = gram;
    this.moment = moment;
    this.impressions = impressions;
    this.frontier = frontier;
  }

  /**
   * Of nothing.
   *
   * @param dimension d, in [1, {@value #MOST_FEATURES}]
   */
  public static LinearSums of(int dimension) {
    requireDimension(dimension);
    return new LinearSums(
        dimension, new double[triangle(dimension)], new double[dimension], 0, Fading.NEVER);
  }

  /**
   * As they were kept somewhere.
   *
   * @param gram lower triangle of G, row after row, length d (d + 1) / 2; copied
   * @param moment b, length d in [1, {@value #MOST_FEATURES}]; copied
   * @param impressions how many were observed, at least 0
   * @param frontier event time of the newest, epoch milliseconds
   * @throws IllegalArgumentException if lengths don't fit, a number is not finite, or the diagonal
   *     of G is negative
   */
  public static LinearSums restored(
      double[] gram, double[] moment, long impressions, long frontier) {
    requireDimension(moment.length);
    if (gram.length != triangle(moment.length)) {
      throw new IllegalArgumentException(
          "gram of %d features must have %d numbers, had %d"
              .formatted(moment.length, triangle(moment.length), gram.length));
    }
    if (impressions < 0) {
      throw new IllegalArgumentException("impressions must be >= 0, were " + impressions);
    }
    requireFinite("gram", gram);
    requireFinite("moment", moment);
    LinearSums sums =
        new LinearSums(moment.length, gram.clone(), moment.clone(), impressions, frontier);
    for (int j = 0; j < sums.d; j++) {
      if (gram[at(j, j)] < 0) {
        throw new IllegalArgumentException(
            "gram must be >= 0 on its diagonal, was " + gram[at(j, j)] + " at feature " + j);
      }
    }
    return sums;
  }

  static int requireDimension(long d) {
    if (d < 1 || d > MOST_FEATURES) {
      throw new IllegalArgumentException(
          "features must be in [1, " + MOST_FEATURES + "], were " + d);
    }
    return (int) d;
  }

  private static void requireFinite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            what + " must be finite numbers, had " + values[i] + " at " + i);
      }
    }
  }

  /** Length of the lower triangle. */
  static int triangle(int d) {
    return d * (d + 1) / 2;
  }

  /** Of an entry of the lower triangle. */
  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  /**
   * @param x length d, finite and each in [-10^6, 10^6]
   * @param reward in [0, 10^6]
   * @param time event time, epoch milliseconds
   * @throws IllegalArgumentException if one of these does not hold; nothing was added then
   */
  public void observe(float[] x, double reward, long time, Fading fading) {
    if (x.length != d) {
      throw new IllegalArgumentException("features must be " + d + ", were " + x.length);
    }
    Contexts.requireFinite(x);
    for (int j = 0; j < d; j++) {
      if (Math.abs(x[j]) > MOST) {
        throw new IllegalArgumentException("feature " + j + " must be in [-1e6, 1e6], was " + x[j]);
      }
    }
    if (!(reward >= 0 && reward <= MOST_REWARD)) {
      throw new IllegalArgumentException("reward must be in [0, 1e6], was " + reward);
    }
    fadeTo(time, fading);
    double weight = fading.left(time, frontier);
    for (int i = 0, to = 0; i < d; i++) {
      double scaled = weight * x[i];
      moment[i] += scaled * reward;
      for (int j = 0; j <= i; j++, to++) {
        gram[to] += scaled * x[j];
      }
    }
    impressions++;
  }

  /**
   * Adds what was observed elsewhere.
   *
   * @throws IllegalArgumentException if that has another number of features
   */
  public void merge(LinearSums other, Fading fading) {
    if (other.d != d) {
      throw new IllegalArgumentException("features must be " + d + ", were " + other.d);
    }
    fadeTo(other.frontier, fading);
    double left = fading.left(other.frontier, frontier);
    for (int i = 0; i < gram.length; i++) {
      gram[i] += left * other.gram[i];
    }
    for (int i = 0; i < d; i++) {
      moment[i] += left * other.moment[i];
    }
    impressions += other.impressions;
  }

  private void fadeTo(long time, Fading fading) {
    double left = fading.left(frontier, time);
    if (left < 1) {
      for (int i = 0; i < gram.length; i++) {
        gram[i] *= left;
      }
      for (int i = 0; i < d; i++) {
        moment[i] *= left;
      }
    }
    frontier = Math.max(frontier, time);
  }

  /**
   * Ridge regression with all of its covariance, as of the newest observation. O(d^3).
   *
   * @throws IllegalArgumentException if the prior is of another dimension
   */
  public RidgeStatistics ridge(LinearPrior prior) {
    if (prior.dimension() != d) {
      throw new IllegalArgumentException(
          "features of the prior must be " + d + ", were " + prior.dimension());
    }
    double[] full = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        full[i * d + j] = gram[at(i, j)];
        full[j * d + i] = gram[at(i, j)];
      }
    }
    return RidgeStatistics.restored(prior, Fading.NONE, full, moment, frontier);
  }

  /**
   * The diagonal normal distribution nearest a posterior of these sums, {@code theta_j ~ N(m_j,
   * noise^2 / (lambda + G_jj))} with {@code m = (lambda I + G)^-1 b}.
   */
  DiagonalPosterior diagonal(LinearPrior prior, RidgePosterior ridge) {
    double[] precision = new double[d];
    for (int j = 0; j < d; j++) {
      precision[j] = prior.lambda() + gram[at(j, j)];
    }
    return ridge.diagonal(precision);
  }

  /**
   * Impressions and rewards of the counts that these sums hold: {@code G_00} and {@code b_0}, as
   * the first feature is 1.
   */
  ArmEvidence counts() {
    return new ArmEvidence(gram[0], Math.max(0, Math.min(moment[0], gram[0])));
  }

  /** An independent copy with what is left of it at a time; as it is if that is earlier. */
  public LinearSums at(long time, Fading fading) {
    LinearSums copy = copy();
    copy.fadeTo(Math.max(time, frontier), fading);
    return copy;
  }

  /** d. */
  public int dimension() {
    return d;
  }

  /** Lower triangle of G, row after row, a copy. */
  public double[] gram() {
    return gram.clone();
  }

  /** b, a copy. */
  public double[] moment() {
    return moment.clone();
  }

  /** How many were observed; these don't fade. */
  public long impressions() {
    return impressions;
  }

  /** Event time of the newest observation; {@link Fading#NEVER} before the first. */
  public long frontier() {
    return frontier;
  }

  LinearSums copy() {
    return new LinearSums(d, gram.clone(), moment.clone(), impressions, frontier);
  }

  void write(BinaryWriter out) {
    out.writeCount(d).writeCount(impressions).writeLong(frontier);
    Arrays.stream(gram).forEach(out::writeDouble);
    Arrays.stream(moment).forEach(out::writeDouble);
  }

  /**
   * @throws IllegalArgumentException if the bytes are damaged
   */
  static LinearSums read(BinaryReader in) {
    int dimension = in.readSize(8);
    if (dimension < 1 || dimension > MOST_FEATURES) {
      throw in.damaged(dimension + " features, of at most " + MOST_FEATURES);
    }
    long impressions = in.readCount();
    long frontier = in.readLong();
    double[] gram = new double[triangle(dimension)];
    Arrays.setAll(gram, i -> in.readDouble());
    double[] moment = new double[dimension];
    Arrays.setAll(moment, i -> in.readDouble());
    try {
      return restored(gram, moment, impressions, frontier);
    } catch (IllegalArgumentException e) {
      throw in.damaged(String.valueOf(e.getMessage()));
    }
  }
}
