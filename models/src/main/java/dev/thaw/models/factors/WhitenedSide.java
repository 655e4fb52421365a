package dev.thaw.models.factors;

import dev.thaw.models.training.RowTasks;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * The fixed side V of an implicit half-step where what all rows' equations share, {@code G = V'V +
 * lambda I = LL'}, is the identity: with {@code z = L'x} and the rows {@code w = L^-1 v} those of
 * {@link FoldIn} become
 *
 * <pre>(I + alpha W_u'W_u) z = (1 + alpha) W_u'1</pre>
 *
 * <p>Since {@code V_u'V_u} is a part of G, all eigenvalues are in [1, 1 + alpha], whatever lambda
 * and however many likes. Immutable, thread-safe.
 */
final class WhitenedSide {
  /** Of the least eigenvalue of G to the largest: L loses half of the digits that this has. */
  private static final double LEAST_RATIO = 1e-8;

  /** Of a larger side the copy would take more memory than it saves time: 256 MB. */
  private static final int MOST_NUMBERS = 32_000_000;

  private final int rank;
  private final double ratio;

  private final double[][] inverse;
  private final double[][] rows;

  private WhitenedSide(int rank, double ratio, double[][] inverse, double[][] rows) {
    this.rank = rank;
    this.ratio = ratio;
    this.inverse = inverse;
    this.rows = rows;
  }

  /**
   * O(rows d^2 + d^3); empty where G is too ill-conditioned to be taken apart, or V too large to be
   * held a second time.
   *
   * @param gram G, lower triangle, see {@link Gram}
   * @param lambda that is in it
   * @param fixed V or a part of it, flat, rows x d
   */
  static Optional<WhitenedSide> of(
      double[] gram, double lambda, float[] fixed, int rank, RowTasks tasks) {
    if (fixed.length > MOST_NUMBERS) {
      return Optional.empty();
    }
    double ratio = lambda / largest(gram, lambda, rank);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(rank, true);
    if (!(ratio >= LEAST_RATIO) || !cholesky.decompose(symmetric(gram, rank))) {
      return Optional.empty();
    }
    double[] flat = new double[rank * rank];
    TriangularSolver_DDRM.invertLower(cholesky.getT(null).data, flat, rank);
    double[][] inverse = new double[rank][];
    for (int i = 0; i < rank; i++) {
      inverse[i] = Arrays.copyOfRange(flat, i * rank, (i + 1) * rank);
    }
    return Optional.of(
        new WhitenedSide(rank, ratio, inverse, whitened(fixed, inverse, rank, tasks)));
  }

  /** An upper bound of G's largest eigenvalue: lambda and the trace of V'V. */
  private static double largest(double[] gram, double lambda, int rank) {
    double largest = lambda;
    for (int i = 0; i < rank; i++) {
      largest += gram[i * rank + i] - lambda;
    }
    return largest;
  }

  private static DMatrixRMaj symmetric(double[] lower, int rank) {
    DMatrixRMaj full = new DMatrixRMaj(rank, rank);
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j <= i; j++) {
        full.set(i, j, lower[i * rank + j]);
        full.set(j, i, lower[i * rank + j]);
      }
    }
    return full;
  }

  private static double[][] whitened(float[] fixed, double[][] inverse, int rank, RowTasks tasks) {
    double[][] columns = new double[rank][rank];
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j <= i; j++) {
        columns[j][i] = inverse[i][j];
      }
    }
    double[][] rows = new double[fixed.length / rank][rank];
    tasks.forEach(
        rows.length,
        RowGroup::new,
        (group, row) -> {
          for (int i = 0; i < rank; i += RowGroup.SIZE) {
            group.clear();
            for (int k = i; k < Math.min(rank, i + RowGroup.SIZE); k++) {
              group.add(columns[k], fixed[row * rank + k]);
            }
            group.addTo(rows[row], i, rank);
          }
        });
    return rows;
  }

  /** d. */
  int rank() {
    return rank;
  }

  /** W, rows x d; not to be changed. */
  double[][] rows() {
    return rows;
  }

  /** L^-1, d x d with zeros above the diagonal; not to be changed. */
  double[][] inverse() {
    return inverse;
  }

  /**
   * Lower bound of {@code |x|^2 / |z|^2} relative to its upper bound: by its root may a relative
   * error of z grow in x.
   */
  double ratio() {
    return ratio;
  }
}
