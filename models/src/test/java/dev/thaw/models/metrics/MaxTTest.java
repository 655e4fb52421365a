package dev.thaw.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaxTTest {
  private static final int USERS = 240;
  private static final int CELLS = 8;

  /** Normal quantile of a one-sided bound of a single cell. */
  private static final double ALONE = 1.645;

  /** Of mean c each: they share a part of each user, spread unlike, and half of them lack users. */
  private static double[][] sample(RandomGenerator random) {
    double[][] cells = new double[CELLS][USERS];
    for (int u = 0; u < USERS; u++) {
      double shared = random.nextGaussian();
      for (int c = 0; c < CELLS; c++) {
        boolean there = c % 2 == 0 || u % 2 == 0;
        cells[c][u] = there ? c + (1 + c) * (shared + random.nextGaussian()) : Double.NaN;
      }
    }
    return cells;
  }

  @Test
  void allBoundsOfOneSideHoldAtOnceAboutAsOftenAsClaimed() {
    SplittableRandom random = new SplittableRandom(1);
    int runs = 600;
    int lows = 0;
    int highs = 0;
    int eachAlone = 0;
    for (int run = 0; run < runs; run++) {
      double[][] cells = sample(random);
      List<Interval> intervals = new MaxT(300, 0.95).intervals(cells, random);
      lows += IntStream.range(0, CELLS).allMatch(c -> intervals.get(c).low() <= c) ? 1 : 0;
      highs += IntStream.range(0, CELLS).allMatch(c -> intervals.get(c).high() >= c) ? 1 : 0;
      eachAlone +=
          IntStream.range(0, CELLS)
                  .allMatch(c -> intervals.get(c).mean() - ALONE * standardError(cells[c]) <= c)
              ? 1
              : 0;
    }
    assertThat((double) lows / runs).isBetween(0.92, 0.98);
    assertThat((double) highs / runs).isBetween(0.92, 0.98);
    assertThat((double) eachAlone / runs).as("bounds made for one cell").isLessThan(0.9);
  }

  private static double standardError(double[] cell) {
    double[] there = Arrays.stream(cell).filter(v -> !Double.isNaN(v)).toArray();
    double mean = Arrays.stream(there).average().orElseThrow();
    double squares = Arrays.stream(there).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (there.length - 1) / there.length);
  }

  @Test
  void oneCellIsBoundedAsByItself() {
    double[] cell = new SplittableRandom(3).doubles(400).toArray();
    Interval bound =
        new MaxT(4_000, 0.95).intervals(new double[][] {cell}, new SplittableRandom(4)).get(0);
    double expected = ALONE * standardError(cell);
    assertThat(bound.mean() - bound.low()).isCloseTo(expected, within(0.002));
    assertThat(bound.high() - bound.mean()).isCloseTo(expected, within(0.002));
  }

  @Test
  void moreCellsMakeTheBoundsWider() {
    double[][] cells = sample(new SplittableRandom(6));
    double[][] first = {cells[0]};
    double alone = MaxT.DEFAULT.intervals(first, new SplittableRandom(7)).get(0).low();
    double amongAll = MaxT.DEFAULT.intervals(cells, new SplittableRandom(7)).get(0).low();
    assertThat(amongAll).isLessThan(alone);
  }

  @Test
  void aCellOfOneValueIsThatValueAndWidensNoOther() {
    double[] same = new double[USERS];
    Arrays.fill(same, -0.25);
    double[] other = sample(new SplittableRandom(8))[0];
    List<Interval> both =
        MaxT.DEFAULT.intervals(new double[][] {same, other}, new SplittableRandom(9));
    assertThat(both.get(0)).isEqualTo(new Interval(-0.25, -0.25, -0.25, USERS));
    assertThat(both.get(1))
        .isEqualTo(MaxT.DEFAULT.intervals(new double[][] {other}, new SplittableRandom(9)).get(0));
  }

  @Test
  void cellsOfUnlikeUsersAreRefused() {
    assertThatThrownBy(
            () ->
                MaxT.DEFAULT.intervals(
                    new double[][] {new double[3], new double[2]}, new SplittableRandom(1)))
        .hasMessageContaining("3 users, had 2");
  }
}
