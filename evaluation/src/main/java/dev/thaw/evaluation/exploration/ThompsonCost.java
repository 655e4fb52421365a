package dev.thaw.evaluation.exploration;

import dev.thaw.models.bandit.linear.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * What a request costs with diagonal and with full covariance.
 *
 * @param diagonalSeconds of a request, by turn
 * @param fullSeconds likewise, measured in turns with the other
 * @param diagonal scores of a request, with the products they took
 * @param full likewise
 */
public record ThompsonCost(
    List<Double> diagonalSeconds, List<Double> fullSeconds, Scores diagonal, Scores full) {
  private static final int DIAGONAL_A_TURN = 50;
  private static final int FULL_A_TURN = 1;

  public ThompsonCost {
    diagonalSeconds = List.copyOf(diagonalSeconds);
    fullSeconds = List.copyOf(fullSeconds);
  }

  /**
   * One turn that does not count, and then as many as are asked for.
   *
   * @param nanos time, such as CPU time of the process; may go by hundredths of a second
   */
  public static ThompsonCost measure(
      ThompsonRequests requests, int turns, LongSupplier nanos, SplittableRandom random) {
    List<Double> diagonalSeconds = new ArrayList<>();
    List<Double> fullSeconds = new ArrayList<>();
    for (int turn = 0; turn <= turns; turn++) {
      diagonalSeconds.add(seconds(nanos, DIAGONAL_A_TURN, () -> requests.diagonal(random)));
      fullSeconds.add(seconds(nanos, FULL_A_TURN, () -> requests.full(random)));
    }
    return new ThompsonCost(
        diagonalSeconds.subList(1, turns + 1),
        fullSeconds.subList(1, turns + 1),
        requests.diagonal(random).scores(),
        requests.full(random).scores());
  }

  private static double seconds(LongSupplier nanos, int times, Runnable request) {
    long begun = nanos.getAsLong();
    for (int i = 0; i < times; i++) {
      request.run();
    }
    return (nanos.getAsLong() - begun) / 1e9 / times;
  }

  /** How many times longer a request takes with full covariance, by turn. */
  public double[] ratios() {
    double[] ratios = new double[fullSeconds.size()];
    Arrays.setAll(ratios, turn -> fullSeconds.get(turn) / diagonalSeconds.get(turn));
    return ratios;
  }
}
