package dev.thaw.models.kernel;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Solves with {@code K + lambda I}, which a ridge in its dual form does. */
public final class KernelRidge {
  private KernelRidge() {}

  /**
   * O(rows^3).
   *
   * @param kernel of what there is with each other; is not changed
   * @throws ArithmeticException if lambda is too small for the kernel to be positive definite
   */
  public static LinearSolverDense<DMatrixRMaj> solver(DMatrixRMaj kernel, double lambda) {
    DMatrixRMaj regularised = kernel.copy();
    for (int row = 0; row < regularised.numRows; row++) {
      regularised.add(row, row, lambda);
    }
    LinearSolverDense<DMatrixRMaj> solver =
        LinearSolverFactory_DDRM.symmPosDef(regularised.numRows);
    if (!solver.setA(regularised)) {
      throw new ArithmeticException(
          "kernel of " + kernel.numRows + " rows is not positive definite at lambda " + lambda);
    }
    return solver;
  }
}
