package dev.thaw.models.sequential;

import java.util.List;

/** Where the matrices of a network lie in one flat array: one after the other, row by row. */
public final class ParameterLayout {
  private final List<Matrix> matrices;
  private final int[] offsets;

  /**
   * @param rows 1 for a vector
   */
  public record Matrix(int rows, int columns) {
    int size() {
      return Math.multiplyExact(rows, columns);
    }
  }

  /**
   * @throws ArithmeticException if there are more parameters than an array can hold
   */
  ParameterLayout(List<Matrix> matrices) {
    this.matrices = List.copyOf(matrices);
    this.offsets = new int[matrices.size() + 1];
    for (int i = 0; i < matrices.size(); i++) {
      offsets[i + 1] = Math.addExact(offsets[i], matrices.get(i).size());
    }
  }

  /** In their order. */
  public List<Matrix> matrices() {
    return matrices;
  }

  /** Where a matrix begins; for the number of matrices, where the last one ends. */
  public int offset(int matrix) {
    return offsets[matrix];
  }

  /** Number of parameters. */
  public int size() {
    return offsets[matrices.size()];
  }
}
