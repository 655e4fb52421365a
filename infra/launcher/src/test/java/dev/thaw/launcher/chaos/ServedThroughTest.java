package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServedThroughTest {
  private static final Map<String, Long> NAMED = Map.of("feature-store:error", 3L);

  @Test
  void aQuietRoundBreaksNothing() {
    assertThat(broken(round(4.5, 0, 0, NAMED))).isEmpty();
  }

  @Test
  void eachFaultBreaksItsOwnGuarantee() {
    assertThat(broken(round(4.5, 2, 0, NAMED))).containsExactly("no request failed");
    assertThat(broken(round(4.5, 0, 1, NAMED))).containsExactly("no answer was empty");
    assertThat(broken(round(4.5, 0, 0, Map.of("vector-index:error", 1L))))
        .containsExactly("answers name the part that is away");
    assertThat(broken(round(-1, 0, 0, NAMED))).containsExactly("everything recovered by itself");
  }

  @Test
  void aBreakerThatAnswersSpeakOfMustBeSeenToOpenAndClose() {
    Map<String, Long> open = Map.of("feature-store:open", 1L);
    String seen = "metrics show breakers open and close";
    assertThat(broken(round(4.5, 0, 0, open))).containsExactly(seen);
    assertThat(broken(round(open, new BreakerWatch.Moves(1, 0)))).containsExactly(seen);
    assertThat(broken(round(open, new BreakerWatch.Moves(2, 2)))).isEmpty();
  }

  private static Round round(Map<String, Long> degraded, BreakerWatch.Moves moves) {
    Counts counts = new Counts(100, 5, 0, 0, degraded, 3, 20);
    return new Round(
        1, Victim.REDIS, Instant.EPOCH, 4.5, 0, counts, Map.of("feature-store", moves));
  }

  @Test
  void whatFailsBetweenTheRoundsCounts() {
    Counts failed = new Counts(10, 0, 1, 0, Map.of(), 3, 20);
    assertThat(
            ServedThrough.of(new Rounds.Done(List.of(round(4.5, 0, 0, NAMED)), List.of(failed)), 1)
                .get(0)
                .broken())
        .containsExactly("between the rounds: 1 errors");
  }

  @Test
  void anOutageOfTheIndexMustOpenItsBreaker() {
    Counts counts = new Counts(100, 5, 0, 0, Map.of("vector-index:error", 9L), 3, 20);
    assertThat(broken(new Round(1, Victim.MILVUS, Instant.EPOCH, 4.5, 0, counts, Map.of())))
        .containsExactly("metrics show breakers open and close");
  }

  @Test
  void aTaskManagerThatHadNothingToDoShowsNothing() {
    Counts counts = new Counts(100, 5, 0, 0, Map.of(), 3, 20);
    assertThat(broken(killed(Victim.TASKMANAGER_2, 0, counts)))
        .containsExactly("killed TaskManagers had work");
    assertThat(broken(killed(Victim.TASKMANAGER_2, 6, counts))).isEmpty();
    assertThat(broken(killed(Victim.SERVING_1, 0, counts))).isEmpty();
  }

  private static Round killed(Victim victim, int restarted, Counts counts) {
    return new Round(1, victim, Instant.EPOCH, 4.5, restarted, counts, Map.of());
  }

  private static List<String> broken(Round round) {
    return ServedThrough.of(new Rounds.Done(List.of(round), List.of()), 1).stream()
        .filter(each -> !each.held())
        .map(Guarantee::name)
        .toList();
  }

  private static Round round(double seconds, long errors, long empty, Map<String, Long> degraded) {
    Counts counts = new Counts(100, 5, errors, empty, degraded, 3, 20);
    return new Round(1, Victim.REDIS, Instant.EPOCH, seconds, 0, counts, Map.of());
  }
}
