package dev.thaw.evaluation.offpolicy.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageStudyTest {
  /** Four errors of a share of 0.95 in 200 repetitions. */
  private static final double LEAST = 0.95 - 4 * Math.sqrt(0.95 * 0.05 / 200);

  private static CoverageRow row(List<CoverageRow> rows, String estimator, String interval) {
    return rows.stream()
        .filter(each -> each.estimator().equals(estimator) && each.interval().equals(interval))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void intervalsCoverWhereUsersAreKnownAndTooFewWhereNot() {
    CoverageStudy study = new CoverageStudy(200, 200, 11, 2);
    List<CoverageRow> known = study.of(Worlds.users(true), done -> {});
    for (String estimator : List.of("IPS", "SNIPS", "DR")) {
      CoverageRow row = row(known, estimator, "studentised");
      assertThat(row.coverage()).as(estimator).isGreaterThan(LEAST);
      assertThat(Math.abs(row.bias())).isLessThan(4 * row.rmse() / Math.sqrt(200));
    }
    assertThat(row(known, "IPS", "high probability").coverage()).isGreaterThan(0.99);
    List<CoverageRow> unknown =
        new CoverageStudy(100, 100, 11, 2).of(Worlds.users(false), done -> {});
    assertThat(row(unknown, "SNIPS", "studentised").coverage()).isLessThan(0.92);
    assertThat(row(unknown, "SNIPS", "studentised").verdict()).isEqualTo("undercovers");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    World world = Worlds.users(true);
    assertThat(new CoverageStudy(6, 100, 4, 3).of(world, done -> {}))
        .isEqualTo(new CoverageStudy(6, 100, 4, 1).of(world, done -> {}));
  }

  static List<World> worlds() {
    return Worlds.all();
  }

  /** The value of each world is what its policy earns where it is drawn itself. */
  @ParameterizedTest
  @MethodSource("worlds")
  void logsAreOfTheWorldThatTheTruthIsOf(World world) {
    SplittableRandom random = new SplittableRandom(8);
    double sum = 0;
    double squares = 0;
    int logs = 10;
    for (int i = 0; i < logs; i++) {
      double mean = weightedMean(world, world.draw(random));
      sum += mean;
      squares += mean * mean;
    }
    double mean = sum / logs;
    double error = Math.sqrt((squares / logs - mean * mean) / (logs - 1));
    assertThat(mean).isCloseTo(world.truth(), within(6 * error));
  }

  private static double weightedMean(World world, List<LoggedRound> log) {
    List<Double> earned = new ArrayList<>();
    for (LoggedRound round : log) {
      double weight = 1;
      double reward = 0;
      for (int slot = 0; slot < round.slots().size(); slot++) {
        weight *=
            world.policy().chances(round, slot)[round.place(slot)]
                / round.slots().get(slot).propensity();
        reward += round.slots().get(slot).reward();
      }
      earned.add(weight * reward);
    }
    return earned.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
