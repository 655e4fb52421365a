package dev.thaw.models.factors;

import dev.thaw.models.binary.Hash64;
import dev.thaw.models.training.RowTasks;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One half-step of alternating least squares: the rows of one side, each on its own in closed form,
 * with the other side fixed. Rows may be all of a side or those of one block.
 */
final class HalfStep {
  private final Rows rows;
  private final FoldIn foldIn;
  private final double[] gram;
  private final float[] fixed;
  private final int rank;
  private final float[] out;

  private HalfStep(Rows rows, FoldIn foldIn, double[] gram, float[] fixed, int rank, float[] out) {
    this.rows = rows;
    this.foldIn = foldIn;
    this.gram = gram;
    this.fixed = fixed;
    this.rank = rank;
    this.out = out;
  }

  /** The entries of one side, row after row. */
  interface Rows {
    int size();

    /** First entry of a row; that of row {@code size()} is the end of the last. */
    int start(int row);

    /** Row of the fixed side. */
    int column(int entry);

    /** Rating less mu and biases; not read for implicit models. */
    double residual(int row, int entry);
  }

  /**
   * Writes the solution of every row. Explicit models: O(entries d^2 + rows d^3). Implicit ones, as
   * {@link ConjugateGradient} has it: O(steps entries d + (rows + columns) d^2), with few steps
   * unless alpha is large, and never much more than the former.
   *
   * @param gram of all of the fixed side with lambda; not read for explicit models
   * @param fixed flat, columns x d
   * @param out flat, rows x d
   */
  static void solve(
      Rows rows,
      FoldIn foldIn,
      double[] gram,
      float[] fixed,
      int rank,
      float[] out,
      RowTasks tasks) {
    new HalfStep(rows, foldIn, gram, fixed, rank, out).solve(tasks);
  }

  private void solve(RowTasks tasks) {
    Optional<WhitenedSide> whitened =
        foldIn.kind() == FactorKind.IMPLICIT
            ? WhitenedSide.of(gram, foldIn.lambda(), fixed, rank, tasks)
            : Optional.empty();
    if (whitened.isEmpty()) {
      tasks.forEach(rows.size(), () -> new RowSolver(rank), this::solveDirectly);
    } else {
      WhitenedSide side = whitened.get();
      tasks.forEach(
          rows.size(),
          () -> new Scratch(new ConjugateGradient(side, foldIn.alpha()), new RowSolver(rank)),
          (scratch, row) -> {
            if (!solveBySteps(scratch.gradient, row)) {
              solveDirectly(scratch.direct, row);
            }
          });
    }
  }

  private record Scratch(ConjugateGradient gradient, RowSolver direct) {}

  private boolean solveBySteps(ConjugateGradient gradient, int row) {
    int end = rows.start(row + 1);
    gradient.start(end - rows.start(row));
    for (int at = rows.start(row); at < end; at++) {
      gradient.add(rows.column(at));
    }
    return gradient.solve(out, row);
  }

  private void solveDirectly(RowSolver solver, int row) {
    int end = rows.start(row + 1);
    foldIn.start(solver, gram, Math.max(1, end - rows.start(row)));
    for (int at = rows.start(row); at < end; at++) {
      foldIn.add(solver, fixed, rows.column(at), rows.residual(row, at));
    }
    solver.solve(out, row);
  }

  /**
   * Writes a row's initial values: they depend on seed and id alone, so that any part of a side may
   * begin by itself.
   */
  static void begin(float[] out, int row, int rank, double deviation, long seed, String id) {
    RandomGenerator random = new SplittableRandom(seed ^ Hash64.of(id));
    for (int i = row * rank; i < (row + 1) * rank; i++) {
      out[i] = (float) (random.nextGaussian() * deviation);
    }
  }
}
