package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.launcher.chaos.BreakerWatch.Moves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakerWatchTest {
  private final BreakerWatch watch = new BreakerWatch(new Replicas(new HttpCalls(), List.of()));

  @Test
  void countsOpeningAndClosingOfEachBreakerInAllServers() {
    watch.see(0, state("feature-store", "closed") + state("vector-index", "closed"));
    watch.see(1, state("feature-store", "closed"));
    watch.see(0, state("feature-store", "open") + state("vector-index", "closed"));
    watch.see(1, state("feature-store", "open"));
    assertThat(watch.allClosed()).isFalse();
    watch.see(0, state("feature-store", "half_open"));
    assertThat(watch.allClosed()).isFalse();
    watch.see(0, state("feature-store", "closed"));
    watch.see(1, state("feature-store", "closed"));
    assertThat(watch.allClosed()).isTrue();
    assertThat(watch.cut()).isEqualTo(Map.of("feature-store", new Moves(2, 2)));
    assertThat(watch.cut()).isEmpty();
  }

  @Test
  void aServerThatWasStartedAgainHasClosedNothing() {
    watch.see(0, state("feature-store", "open"));
    watch.see(0, "");
    watch.see(0, state("feature-store", "closed"));
    assertThat(watch.cut()).isEqualTo(Map.of("feature-store", new Moves(1, 0)));
  }

  private static String state(String breaker, String state) {
    StringBuilder lines = new StringBuilder();
    for (String each : List.of("closed", "half_open", "open")) {
      lines.append(
          "resilience4j_circuitbreaker_state{name=\"%s\",state=\"%s\"} %s%n"
              .formatted(breaker, each, each.equals(state) ? "1.0" : "0.0"));
    }
    return lines.toString();
  }
}
