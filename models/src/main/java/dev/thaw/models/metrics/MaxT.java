package dev.thaw.models.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Simultaneous bounds of many means over the same users, by bootstrap of the largest standardised
 * deviation: users are drawn once for all cells, so that what hangs together between cells stays
 * together (sup-t band of Montiel Olea and Plagborg-Moller, Journal of Applied Econometrics 2019;
 * max-t of Romano and Wolf, Econometrica 2005, with the standard errors of the sample).
 *
 * @param resamples at least 100
 * @param confidence that all bounds of one side hold at once, in (0, 1)
 */
public record MaxT(int resamples, double confidence) {
  public static final MaxT DEFAULT = new MaxT(2_000, 0.95);

  public MaxT {
    if (resamples < 100 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "max-t needs resamples >= 100 and confidence in (0, 1), was "
              + resamples
              + ", "
              + confidence);
    }
  }

  /** A cell's values beside the numbers of the users who have one. */
  private record Cell(int[] users, double[] values, double mean) {
    static Cell of(double[] perUser) {
      int[] users =
          IntStream.range(0, perUser.length).filter(u -> !Double.isNaN(perUser[u])).toArray();
      double[] values = Arrays.stream(users).mapToDouble(u -> perUser[u]).toArray();
      return new Cell(users, values, Arrays.stream(values).average().orElse(0));
    }

    /** Of a resample in which each user stands so many times; the sample's own if none is there. */
    double mean(int[] times) {
      double sum = 0;
      long drawn = 0;
      for (int i = 0; i < users.length; i++) {
        int often = times[users[i]];
        sum += often * values[i];
        drawn += often;
      }
      return drawn == 0 ? mean : sum / drawn;
    }

    double standardError() {
      int n = values.length;
      return n < 2 ? 0 : spread() / Math.sqrt(n - 1);
    }

    /** Of means of resamples, whose population is the sample itself. */
    double errorOfResamples() {
      int n = values.length;
      return n < 2 ? 0 : spread() / Math.sqrt(n);
    }

    private double spread() {
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / values.length);
    }
  }

  /**
   * One interval a cell. All lower ends hold at once with the confidence, and so do all upper ends:
   * each side is a one-sided statement. With fewer than about a hundred users in a cell they hold a
   * little less often. A cell whose users all have one value is that value alone. O(resamples x
   * cells x users).
   *
   * @param cells cells x users; NaN where a user has no value
   */
  public List<Interval> intervals(double[][] cells, RandomGenerator random) {
    if (cells.length == 0) {
      return List.of();
    }
    int users = cells[0].length;
    List<Cell> all = new ArrayList<>();
    for (double[] cell : cells) {
      if (cell.length != users) {
        throw new IllegalArgumentException(
            "every cell needs a place for each of " + users + " users, had " + cell.length);
      }
      all.add(Cell.of(cell));
    }
    double[] errors = all.stream().mapToDouble(Cell::standardError).toArray();
    double[] ofResamples = all.stream().mapToDouble(Cell::errorOfResamples).toArray();
    double[] above = new double[resamples];
    double[] below = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      int[] times = draw(users, random);
      for (int c = 0; c < errors.length; c++) {
        if (errors[c] > 0) {
          double t = (all.get(c).mean(times) - all.get(c).mean()) / ofResamples[c];
          above[r] = Math.max(above[r], t);
          below[r] = Math.max(below[r], -t);
        }
      }
    }
    double down = quantile(above);
    double up = quantile(below);
    return IntStream.range(0, errors.length)
        .mapToObj(
            c ->
                new Interval(
                    all.get(c).mean(),
                    all.get(c).mean() - down * errors[c],
                    all.get(c).mean() + up * errors[c],
                    all.get(c).users().length))
        .toList();
  }

  private static int[] draw(int users, RandomGenerator random) {
    int[] times = new int[users];
    for (int i = 0; i < users; i++) {
      times[random.nextInt(users)]++;
    }
    return times;
  }

  private double quantile(double[] largest) {
    Arrays.sort(largest);
    return largest[(int) Math.min(resamples - 1, Math.ceil(confidence * resamples))];
  }
}
