package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * Alternating least squares: items with the users fixed, users with the items fixed, each row on
 * its own in closed form, so that the number of threads changes nothing.
 */
final class AlternatingLeastSquares {
  private final Interactions data;
  private final int rank;
  private final FoldIn foldIn;
  private final BiasModel biases;
  private final double[] userBias;
  private final float[] users;
  private final float[] items;

  /**
   * @param data entries that count: positives of an implicit model, all of an explicit one
   */
  AlternatingLeastSquares(
      Interactions data, int rank, FoldIn foldIn, BiasModel biases, RandomGenerator random) {
    this.data = data;
    this.rank = rank;
    this.foldIn = foldIn;
    this.biases = biases;
    this.userBias = biases.userBiases(data);
    this.users = new float[data.users().size() * rank];
    this.items = new float[data.items().size() * rank];
    // a product of two factors is on the scale of the residuals
    double unit = foldIn.kind() == FactorKind.EXPLICIT ? Math.sqrt(biases.deviation(data)) : 1;
    double scale = 0.1 * unit / Math.sqrt(rank);
    for (int i = 0; i < users.length; i++) {
      users[i] = (float) (random.nextGaussian() * scale);
    }
  }

  void run(int sweeps, int threads, TrainingProgress progress, String what) {
    try (RowTasks tasks = new RowTasks(threads)) {
      for (int sweep = 1; sweep <= sweeps; sweep++) {
        solveItems(tasks);
        solveUsers(tasks);
        progress.step(what, sweep, sweeps);
      }
    }
  }

  private void solveItems(RowTasks tasks) {
    double[] gram = gram(users, tasks);
    tasks.forEach(
        data.items().size(),
        () -> new RowSolver(rank),
        (solver, item) -> {
          foldIn.start(solver, gram, Math.max(1, data.columnLength(item)));
          for (int at = data.columnStart(item); at < data.columnStart(item + 1); at++) {
            int user = data.columnUser(at);
            foldIn.add(solver, users, user, residual(user, item, data.columnStrength(at)));
          }
          solver.solve(items, item);
        });
  }

  private void solveUsers(RowTasks tasks) {
    double[] gram = gram(items, tasks);
    tasks.forEach(
        data.users().size(),
        () -> new RowSolver(rank),
        (solver, user) -> {
          foldIn.start(solver, gram, Math.max(1, data.rowLength(user)));
          for (int at = data.rowStart(user); at < data.rowStart(user + 1); at++) {
            int item = data.rowItem(at);
            foldIn.add(solver, items, item, residual(user, item, data.rowStrength(at)));
          }
          solver.solve(users, user);
        });
  }

  private double residual(int user, int item, float rating) {
    return rating - biases.mean() - userBias[user] - biases.itemBias(item);
  }

  private double[] gram(float[] matrix, RowTasks tasks) {
    return foldIn.kind() == FactorKind.IMPLICIT
        ? Gram.of(matrix, rank, foldIn.lambda(), tasks)
        : new double[0];
  }

  /** Flat, users x rank: the solution with the items fixed. */
  float[] users() {
    return users;
  }

  /** Flat, items x rank. */
  float[] items() {
    return items;
  }
}
