package dev.thaw.models.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.models.rolling.Deduplication.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
  private static final long LATENESS = 1_000;
  private static final Deduplication ROOMY = new Deduplication(Duration.ofMillis(LATENESS), 10_000);

  /** Time of an id is a function of the id: a second event with it is the first one again. */
  record Step(int id, long gap) {
    long time() {
      return 10_000 + id * 37L;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 120), Arbitraries.longs().between(0, 80))
        .as(Step::new)
        .list()
        .ofMaxSize(150);
  }

  @Property(tries = 300, seed = "201")
  void eachIdIsFirstAtMostOnceAndLateOnlyBehindTheBound(@ForAll("steps") List<Step> steps) {
    SeenEvents seen = ROOMY.empty();
    Set<Integer> used = new HashSet<>();
    long watermark = 9_000;
    for (Step step : steps) {
      watermark += step.gap();
      ROOMY.advanceTo(seen, watermark);
      Verdict verdict = ROOMY.judge(seen, EventId.of("e" + step.id()), step.time(), watermark);
      if (step.time() <= watermark - LATENESS) {
        assertThat(verdict).isEqualTo(Verdict.LATE);
      } else {
        assertThat(verdict).isEqualTo(used.add(step.id()) ? Verdict.FIRST : Verdict.DUPLICATE);
      }
      seen = SeenEvents.fromBytes(seen.toBytes()).copy();
    }
  }

  @Property(tries = 300, seed = "202")
  void noIdIsUsedTwiceEvenAtTheBound(@ForAll("steps") List<Step> steps) {
    Deduplication tight = new Deduplication(Duration.ofMillis(LATENESS), 16);
    SeenEvents seen = tight.empty();
    Set<Integer> used = new HashSet<>();
    long watermark = 9_000;
    for (Step step : steps) {
      watermark += step.gap();
      Verdict verdict = tight.judge(seen, EventId.of("e" + step.id()), step.time(), watermark);
      if (verdict == Verdict.FIRST) {
        assertThat(used.add(step.id())).as("id %s used twice", step.id()).isTrue();
      }
      assertThat(seen.size).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void crowdedKeyKeepsAcceptingNewEvents() {
    Deduplication tight = new Deduplication(Duration.ofHours(1), 64);
    SeenEvents seen = tight.empty();
    for (int i = 0; i < 10_000; i++) {
      assertThat(tight.judge(seen, EventId.of("e" + i), 50_000 + i, Long.MIN_VALUE))
          .isEqualTo(Verdict.FIRST);
    }
    assertThat(tight.judge(seen, EventId.of("e9999"), 59_999, Long.MIN_VALUE))
        .isEqualTo(Verdict.DUPLICATE);
    assertThat(tight.judge(seen, EventId.of("e0"), 50_000, Long.MIN_VALUE)).isEqualTo(Verdict.LATE);
    assertThat(seen.toBytes().length).isLessThan(1_000);
  }

  @Test
  void idsAreForgottenByTheWatermark() {
    SeenEvents seen = ROOMY.empty();
    ROOMY.judge(seen, EventId.of("a"), 5_000, 4_900);
    ROOMY.judge(seen, EventId.of("b"), 5_900, 4_900);
    assertThat(ROOMY.nextExpiry(seen)).isEqualTo(6_000);
    ROOMY.advanceTo(seen, 6_000);
    assertThat(ROOMY.nextExpiry(seen)).isEqualTo(6_900);
    ROOMY.advanceTo(seen, 6_900);
    assertThat(ROOMY.isEmpty(seen)).isTrue();
    assertThat(ROOMY.nextExpiry(seen)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void badBoundsAreRefused() {
    assertThatThrownBy(() -> new Deduplication(Duration.ZERO, 100))
        .hasMessage("lateness must be at least 1 ms, was PT0S");
    assertThatThrownBy(() -> new Deduplication(Duration.ofSeconds(1), 3))
        .hasMessage("maxIds must be >= 16, was 3");
  }
}
