package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.launcher.chaos.ShownAnswers.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownAnswersTest {
  private static final Instant KILLED = Instant.parse("2026-03-05T12:00:00Z");
  private static final Counts NOTHING = new Counts(0, 0, 0, 0, Map.of(), 0, 0);
  private static final List<Round> ROUNDS =
      List.of(new Round(1, Victim.SERVING_2, KILLED, 9, 0, NOTHING, Map.of()));

  @Test
  void onlyWhatAKilledServerHadJustAnsweredMayBeMissing() {
    assertThat(missing(1, Duration.ofMillis(20), false)).isEmpty();
    assertThat(missing(1, Duration.ofMillis(-20), false)).isEmpty();
    assertThat(missing(0, Duration.ofMillis(20), false)).hasSize(1);
    assertThat(missing(1, Duration.ofSeconds(10), false)).hasSize(1);
    assertThat(missing(1, Duration.ofSeconds(-5), false)).hasSize(1);
  }

  @Test
  void whatTheAnswerNamedAsLostAndWhatIsThereIsNotMissing() {
    assertThat(missing(0, Duration.ofSeconds(10), true)).isEmpty();
    Shown shown = shown(0, Duration.ofSeconds(10), false);
    assertThat(ShownAnswers.inTopic(List.of(shown), ROUNDS, Set.of(shown.request())))
        .isEqualTo(
            new Guarantee(
                "impressions of answers are in the topic, but those in a killed server's memory",
                "1 answers, 0 impressions lost in memory",
                List.of()));
  }

  @Test
  void noAnswerIsNoProof() {
    assertThat(ShownAnswers.inTopic(List.of(), ROUNDS, Set.of()).held()).isFalse();
  }

  private static List<String> missing(int replica, Duration before, boolean named) {
    return ShownAnswers.inTopic(List.of(shown(replica, before, named)), ROUNDS, Set.of()).broken();
  }

  private static Shown shown(int replica, Duration before, boolean named) {
    return new Shown(RequestId.of("r"), replica, KILLED.minus(before), named);
  }
}
