package dev.thaw.models.factors;

/**
 * The parameters of the closed-form solution of one row with the other side fixed.
 *
 * <p>Implicit (Hu, Koren, Volinsky, ICDM 2008, eq. 4), over the positive items of the row: {@code x
 * = (V'V + V'(C - I)V + lambda I)^-1 V'C 1} with {@code C = 1 + alpha}. Explicit: {@code x =
 * (V_u'V_u + lambda n^countPower I)^-1 V_u' e} with the residuals e beyond the biases.
 *
 * @param alpha of implicit models, 0 for explicit ones
 * @param countPower of explicit models, 0 for implicit ones
 * @param popularityWeight of log popularity in the item bias of implicit models
 * @param userRidge of implicit models: by how much the lambda of users who fold in exceeds that of
 *     training; 1 for explicit ones
 */
record FoldIn(
    FactorKind kind,
    double lambda,
    double alpha,
    double countPower,
    double popularityWeight,
    double userRidge) {
  FoldIn {
    if (!(userRidge > 0)) {
      throw new IllegalArgumentException("ridge of users must be > 0, was " + userRidge);
    }
  }

  static FoldIn implicit(double lambda, double alpha, double popularityWeight) {
    return new FoldIn(FactorKind.IMPLICIT, lambda, alpha, 0, popularityWeight, 1);
  }

  FoldIn withUserRidge(double times) {
    return new FoldIn(kind, lambda, alpha, countPower, popularityWeight, times);
  }

  static FoldIn explicit(double lambda, double countPower) {
    return new FoldIn(FactorKind.EXPLICIT, lambda, 0, countPower, 0, 1);
  }

  /**
   * @param gram of the fixed side with lambda, see {@link Gram}; not read for explicit models
   * @param entries length of the row
   */
  void start(RowSolver solver, double[] gram, int entries) {
    if (kind == FactorKind.IMPLICIT) {
      solver.start(gram);
    } else {
      solver.start(lambda * Math.pow(entries, countPower));
    }
  }

  /**
   * @param residual rating less mu and biases; not read for implicit models
   */
  void add(RowSolver solver, float[] fixed, int index, double residual) {
    if (kind == FactorKind.IMPLICIT) {
      solver.add(fixed, index, alpha, 1 + alpha);
    } else {
      solver.add(fixed, index, 1, residual);
    }
  }
}
