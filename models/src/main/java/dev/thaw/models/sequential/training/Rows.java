package dev.thaw.models.sequential.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;

/** Rows of a matrix by number; the gradient of a row that is taken twice adds up in one order. */
final class Rows {
  private Rows() {}

  static NDArray of(NDArray matrix, NDArray numbers) {
    return matrix
        .getNDArrayInternal()
        .embedding(numbers, matrix, SparseFormat.DENSE)
        .singletonOrThrow();
  }
}
