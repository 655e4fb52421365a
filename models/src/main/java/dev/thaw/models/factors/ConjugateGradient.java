package dev.thaw.models.factors;

import dev.thaw.models.training.Dot;
import java.util.Arrays;

/**
 * Solves a row of an implicit half-step by conjugate gradients (Hestenes and Stiefel 1952) on the
 * equations of {@link WhitenedSide}, without forming their matrix: O(n d) a step for n likes and
 * O(d^2) for the row. Other than a fixed number of steps from the last sweep's vector (Takacs,
 * Pilaszy and Tikk, RecSys 2011), it goes on until the row is solved. Scratch of one thread.
 */
final class ConjugateGradient {
  /** Relative error of a row's vector, about the rounding of a float. */
  private static final double PRECISION = 1e-7;

  /** Steps before it is asked whether there will be too many. */
  private static final int TRIAL = 4;

  private final WhitenedSide side;
  private final double alpha;
  private final int rank;
  private final RowGroup group = new RowGroup();
  private final double tolerance;
  private final double[] z;
  private final double[] residual;
  private final double[] direction;
  private final double[] image;
  private double[][] liked = {};
  private int likes;

  ConjugateGradient(WhitenedSide side, double alpha) {
    this.side = side;
    this.alpha = alpha;
    this.rank = side.rank();
    // eigenvalues are 1 or more, so that z is no further off than the residual is long
    this.tolerance = PRECISION * Math.sqrt(side.ratio());
    this.z = new double[rank];
    this.residual = new double[rank];
    this.direction = new double[rank];
    this.image = new double[rank];
  }

  /** Starts a row of at most so many likes. */
  void start(int most) {
    likes = 0;
    if (liked.length < most) {
      liked = new double[Math.max(most, 2 * liked.length)][];
    }
  }

  /** Another like: the given row of the fixed side. */
  void add(int index) {
    liked[likes++] = side.rows()[index];
  }

  /**
   * Writes x as the given row of a flat matrix.
   *
   * @return false, with nothing written, if solving directly is less work: alpha is large and so
   *     are the likes' factors
   */
  boolean solve(float[] out, int index) {
    begin();
    double squares = Dot.of(residual, 0, residual, 0, rank);
    double first = squares;
    double most = cheaperThanDirect();
    for (int step = 1; squares > 0; step++) {
      multiply();
      double next = descend(squares / Dot.of(direction, 0, image, 0, rank));
      double goal = tolerance * tolerance * Dot.of(z, 0, z, 0, rank);
      if (next <= goal) {
        break;
      }
      if (step >= TRIAL && step * Math.log(first / goal) > most * Math.log(first / next)) {
        return false;
      }
      turn(next / squares);
      squares = next;
    }
    write(out, index);
    return true;
  }

  /** z = 0, so that residual and direction are the right side. */
  private void begin() {
    Arrays.fill(z, 0);
    Arrays.fill(residual, 0);
    for (int from = 0; from < likes; from += RowGroup.SIZE) {
      fill(from);
      group.addTo(residual, 0, rank);
    }
    System.arraycopy(residual, 0, direction, 0, rank);
  }

  /**
   * Steps for which {@code 2 n d} multiplications each are fewer than the {@code n d^2 / 2 + d^3 /
   * 6} of {@link RowSolver}.
   */
  private double cheaperThanDirect() {
    return rank / 4.0 + (double) rank * rank / (12.0 * Math.max(1, likes));
  }

  /** image = (I + alpha W_u'W_u) direction. */
  private void multiply() {
    System.arraycopy(direction, 0, image, 0, rank);
    for (int from = 0; from < likes; from += RowGroup.SIZE) {
      fill(from);
      group.weighByProducts(direction, alpha);
      group.addTo(image, 0, rank);
    }
  }

  private void fill(int from) {
    group.clear();
    for (int like = from; like < Math.min(likes, from + RowGroup.SIZE); like++) {
      group.add(liked[like], 1 + alpha);
    }
  }

  /** A step along the direction; gives the square of the residual. */
  private double descend(double length) {
    for (int i = 0; i < rank; i++) {
      z[i] += length * direction[i];
      residual[i] -= length * image[i];
    }
    return Dot.of(residual, 0, residual, 0, rank);
  }

  private void turn(double kept) {
    for (int i = 0; i < rank; i++) {
      direction[i] = residual[i] + kept * direction[i];
    }
  }

  /** x = L'^-1 z. */
  private void write(float[] out, int index) {
    double[] x = image;
    Arrays.fill(x, 0);
    for (int i = 0; i < rank; i += RowGroup.SIZE) {
      int end = Math.min(rank, i + RowGroup.SIZE);
      group.clear();
      for (int k = i; k < end; k++) {
        group.add(side.inverse()[k], z[k]);
      }
      group.addTo(x, 0, end);
    }
    for (int i = 0, at = index * rank; i < rank; i++) {
      out[at++] = (float) x[i];
    }
  }
}
