package dev.thaw.models.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Kernel ridge from users to rows of items, {@code S = K_v (K + lambda I)^-1 A}, kept to the few
 * directions in which the scores S vary most (reduced-rank regression, Izenman, Journal of
 * Multivariate Analysis 1975): they hold less noise than all of it, and a vector of the user and
 * one of the item say a score. The directions come by subspace iteration (Halko et al., SIAM Review
 * 2011, algorithm 4.4), which never holds users x items. O(users^3 + users^2 rank).
 */
public final class ReducedRankRidge {
  private static final int OVERSAMPLED = 8;
  private static final int ITERATIONS = 6;

  private final DMatrixRMaj views;
  private final List<TargetRow> targets;
  private final int columns;
  private final LinearSolverDense<DMatrixRMaj> solver;

  /**
   * A solution.
   *
   * @param coefficients users x rank: by them the kernel values of a user become the user's vector
   * @param items items x rank, zero for items in no row of A
   */
  public record Solution(DMatrixRMaj coefficients, DMatrixRMaj items) {}

  /**
   * @param kernel K, of the users to learn from with each other
   * @param views K_v, of users whose scores the directions are to hold, with those to learn from
   * @param targets a row of A for each user to learn from
   * @param columns items
   * @throws ArithmeticException if the kernel is not positive definite
   */
  public ReducedRankRidge(
      DMatrixRMaj kernel, DMatrixRMaj views, List<TargetRow> targets, int columns, double lambda) {
    this.views = views;
    this.targets = targets;
    this.columns = columns;
    this.solver = KernelRidge.solver(kernel, lambda);
  }

  /**
   * @param rank at most; fewer where there are fewer users or items
   */
  public Solution solve(int rank, RandomGenerator random) {
    int kept = Math.min(rank, Math.min(targets.size(), columns));
    int width = Math.min(kept + OVERSAMPLED, Math.min(targets.size(), columns));
    DMatrixRMaj directions = new DMatrixRMaj(columns, width);
    for (int i = 0; i < directions.data.length; i++) {
      directions.data[i] = random.nextGaussian();
    }
    directions = orthonormal(directions);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      directions = orthonormal(back(scores(directions)));
    }
    DMatrixRMaj items = product(directions, largest(scores(directions), kept));
    clearUnmet(items);
    return new Solution(solved(along(items)), items);
  }

  /** Nothing is known of an item that nobody met. */
  private void clearUnmet(DMatrixRMaj items) {
    BitSet met = new BitSet(columns);
    targets.forEach(target -> target.addTo(met));
    for (int item = met.nextClearBit(0); item < columns; item = met.nextClearBit(item + 1)) {
      Arrays.fill(items.data, item * items.numCols, (item + 1) * items.numCols, 0);
    }
  }

  /** {@code S X}. */
  private DMatrixRMaj scores(DMatrixRMaj directions) {
    return product(views, solved(along(directions)));
  }

  /** {@code S' Z}. */
  private DMatrixRMaj back(DMatrixRMaj scores) {
    DMatrixRMaj turned = new DMatrixRMaj(views.numCols, scores.numCols);
    CommonOps_DDRM.multTransA(views, scores, turned);
    DMatrixRMaj dual = solved(turned);
    DMatrixRMaj back = new DMatrixRMaj(columns, scores.numCols);
    for (int user = 0; user < targets.size(); user++) {
      targets.get(user).addTimes(dual, user, back);
    }
    return back;
  }

  /** {@code A X}. */
  private DMatrixRMaj along(DMatrixRMaj directions) {
    DMatrixRMaj along = new DMatrixRMaj(targets.size(), directions.numCols);
    for (int user = 0; user < targets.size(); user++) {
      targets.get(user).times(directions, along, user);
    }
    return along;
  }

  private DMatrixRMaj solved(DMatrixRMaj right) {
    DMatrixRMaj solved = new DMatrixRMaj(right.numRows, right.numCols);
    solver.solve(right, solved);
    return solved;
  }

  private static DMatrixRMaj product(DMatrixRMaj left, DMatrixRMaj right) {
    DMatrixRMaj product = new DMatrixRMaj(left.numRows, right.numCols);
    CommonOps_DDRM.mult(left, right, product);
    return product;
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj matrix) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.numRows, matrix.numCols);
    // says false where the columns are not independent, as those of items that nobody met are not;
    // what it has then is orthonormal all the same
    var unused = qr.decompose(matrix);
    DMatrixRMaj orthonormal = qr.getQ(null, true);
    if (MatrixFeatures_DDRM.hasUncountable(orthonormal)) {
      throw new ArithmeticException(
          "no orthonormal columns of " + matrix.numRows + " x " + matrix.numCols + " scores");
    }
    return orthonormal;
  }

  /** Eigenvectors of the largest eigenvalues of Y'Y, those of the largest first. */
  private static DMatrixRMaj largest(DMatrixRMaj scores, int kept) {
    int width = scores.numCols;
    DMatrixRMaj gram = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransA(scores, scores, gram);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(gram)) {
      throw new ArithmeticException("no eigenvalues of the scores in " + width + " directions");
    }
    Integer[] order = new Integer[width];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order, Comparator.comparingDouble((Integer i) -> -eigen.getEigenvalue(i).getReal()));
    DMatrixRMaj largest = new DMatrixRMaj(width, kept);
    for (int column = 0; column < kept; column++) {
      DMatrixRMaj vector = eigen.getEigenVector(order[column]);
      for (int row = 0; row < width; row++) {
        largest.set(row, column, vector.get(row, 0));
      }
    }
    return largest;
  }
}
