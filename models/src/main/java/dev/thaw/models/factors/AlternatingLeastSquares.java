package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * Alternating least squares: items with the users fixed, users with the items fixed, each row on
 * its own in closed form, so that the number of threads changes nothing. {@link FactorBlock} does
 * the same with the rows dealt out to blocks.
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
   * @param unit see {@link AlsParameters#rows}
   */
  AlternatingLeastSquares(
      Interactions data,
      AlsParameters parameters,
      double unit,
      BiasModel biases,
      RandomGenerator random) {
    this.data = data;
    this.rank = parameters.rank();
    this.foldIn = parameters.rows(unit);
    this.biases = biases;
    this.userBias = biases.userBiases(data);
    this.users = new float[data.users().size() * rank];
    this.items = new float[data.items().size() * rank];
    long seed = random.nextLong();
    double deviation = parameters.initialDeviation(unit);
    for (int u = 0; u < data.users().size(); u++) {
      HalfStep.begin(users, u, rank, deviation, seed, data.users().get(u).value());
    }
  }

  void run(int sweeps, int threads, TrainingProgress progress, String what) {
    try (RowTasks tasks = new RowTasks(threads)) {
      for (int sweep = 1; sweep <= sweeps; sweep++) {
        HalfStep.solve(new Columns(), foldIn, gram(users, tasks), users, rank, items, tasks);
        HalfStep.solve(new Rows(), foldIn, gram(items, tasks), items, rank, users, tasks);
        progress.step(what, sweep, sweeps);
      }
    }
  }

  private final class Rows implements HalfStep.Rows {
    @Override
    public int size() {
      return data.users().size();
    }

    @Override
    public int start(int row) {
      return data.rowStart(row);
    }

    @Override
    public int column(int entry) {
      return data.rowItem(entry);
    }

    @Override
    public double residual(int row, int entry) {
      return AlternatingLeastSquares.this.residual(
          row, data.rowItem(entry), data.rowStrength(entry));
    }
  }

  private final class Columns implements HalfStep.Rows {
    @Override
    public int size() {
      return data.items().size();
    }

    @Override
    public int start(int row) {
      return data.columnStart(row);
    }

    @Override
    public int column(int entry) {
      return data.columnUser(entry);
    }

    @Override
    public double residual(int row, int entry) {
      return AlternatingLeastSquares.this.residual(
          data.columnUser(entry), row, data.columnStrength(entry));
    }
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
