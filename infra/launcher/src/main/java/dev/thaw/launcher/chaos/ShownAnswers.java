package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether what servers answered was written down. An impression is written behind its answer: those
 * that a killed server had still in memory are lost, and no others.
 */
final class ShownAnswers {
  /** Longer than an impression stays in memory while the log takes records. */
  private static final Duration IN_MEMORY = Duration.ofSeconds(2);

  /**
   * Less than a server takes to come back: an answer may be read a moment after its server died.
   */
  private static final Duration READ_LATE = Duration.ofSeconds(1);

  private static final String PROCESS = "serving-";

  private ShownAnswers() {}

  /**
   * An answer.
   *
   * @param replica who gave it, from 0
   * @param named whether the answer says itself that its impression is lost
   */
  record Shown(RequestId request, int replica, Instant answered, boolean named) {}

  /**
   * @param topic the impressions that the topic has
   */
  static Guarantee inTopic(List<Shown> answers, List<Round> rounds, Set<RequestId> topic) {
    List<String> broken = new ArrayList<>();
    long inMemory = 0;
    for (Shown each : answers) {
      if (topic.contains(each.request()) || each.named()) {
        continue;
      }
      if (rounds.stream().anyMatch(round -> tookAway(round, each))) {
        inMemory++;
      } else {
        broken.add("impression of answer " + each + " is not in the topic");
      }
    }
    if (answers.isEmpty()) {
      broken.add("there was no answer, so this says nothing");
    }
    return new Guarantee(
        "impressions of answers are in the topic, but those in a killed server's memory",
        answers.size() + " answers, " + inMemory + " impressions lost in memory",
        broken);
  }

  private static boolean tookAway(Round round, Shown answer) {
    Duration before = Duration.between(answer.answered(), round.killed());
    return round.victim().process().equals(PROCESS + (answer.replica() + 1))
        && before.compareTo(READ_LATE.negated()) > 0
        && before.compareTo(IN_MEMORY) < 0;
  }
}
