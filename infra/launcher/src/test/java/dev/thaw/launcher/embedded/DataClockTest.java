package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DataClockTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void dataOfLongAgoIsServedAsIfItHadJustEnded() {
    Instant end = Instant.parse("1998-04-22T23:10:38Z");
    DataClock clock = DataClock.following(end, () -> NOW);
    assertThat(clock.instant()).isEqualTo(end);
    assertThat(clock.isWallClock()).isFalse();
    assertThat(clock.describe()).contains("10235 days").contains("1998-04-22T23:10:38Z");
    DataClock later = new DataClock(clock.offset(), () -> NOW.plusSeconds(5));
    assertThat(later.instant()).isEqualTo(end.plusSeconds(5));
  }

  @Test
  void dataOfTheLastHourIsServedByTheWallClock() {
    DataClock clock = DataClock.following(NOW.minus(Duration.ofMinutes(59)), () -> NOW);
    assertThat(clock.instant()).isEqualTo(NOW);
    assertThat(clock.isWallClock()).isTrue();
  }

  @Test
  void dataOfTheFutureDoesNotMoveTheClockForward() {
    assertThat(DataClock.following(NOW.plusSeconds(9), () -> NOW).instant()).isEqualTo(NOW);
  }
}
