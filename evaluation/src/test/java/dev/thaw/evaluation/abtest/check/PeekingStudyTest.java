package dev.thaw.evaluation.abtest.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.runs.SeededRuns;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeekingStudyTest {
  private static PeekingStudy study(int threads) {
    return new PeekingStudy(new SeededRuns(200, 3, threads), 4_000, 200, 0.05, 2_000);
  }

  /** Of 200 runs at a chance of 5 %, more than 20 are wrong with a chance below 0.1 %. */
  @Test
  void peekingIsSafeWithSequencesAndNotWithFixedHorizons() {
    PeekingRow row = study(2).of(new ArrivingUsers(0.05, 0), done -> {});
    assertThat(row.sequenceMissed()).isLessThanOrEqualTo(0.1);
    assertThat(row.boundMissed()).isLessThanOrEqualTo(0.1);
    assertThat(row.ratioAlarms()).isLessThanOrEqualTo(0.04);
    assertThat(row.fixedMissed()).isGreaterThan(0.2);
    assertThat(row.fixedMissedLast()).isLessThanOrEqualTo(0.1);
    assertThat(row.found()).isEqualTo(row.sequenceMissed());
  }

  @Test
  void aLargeDifferenceIsFoundSoon() {
    PeekingRow row = study(2).of(new ArrivingUsers(0.05, 1), done -> {});
    assertThat(row.found()).isGreaterThan(0.95);
    assertThat(row.medianUsers()).isLessThan(3_000);
    assertThat(row.sequenceMissed()).isLessThanOrEqualTo(0.1);
  }

  @Test
  void threadsChangeNothing() {
    ArrivingUsers rare = new ArrivingUsers(0.005, 0.5);
    assertThat(study(1).of(rare, done -> {})).isEqualTo(study(2).of(rare, done -> {}));
  }

  @Test
  void usersClickAsOftenAsTheyShould() {
    SplittableRandom random = new SplittableRandom(5);
    ArrivingUsers users = new ArrivingUsers(0.1, 0.5);
    double difference = 0;
    for (int u = 0; u < 100_000; u++) {
      difference += (users.next(true, random) - users.next(false, random)) / 100_000;
    }
    assertThat(difference).isBetween(0.046, 0.054);
    assertThat(users.truth()).isEqualTo(0.05);
  }

  @Test
  void whatCannotBeIsRefused() {
    SeededRuns runs = new SeededRuns(1, 0, 1);
    assertThatThrownBy(() -> new PeekingStudy(runs, 1_000, 3, 0.05, 10))
        .hasMessageContaining("were 1000 and 3");
    assertThatThrownBy(() -> new SeededRuns(0, 0, 1)).hasMessageContaining(">= 1, was 0");
    assertThatThrownBy(() -> new ArrivingUsers(0.4, 0)).hasMessageContaining("3.2");
  }
}
