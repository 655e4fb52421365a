package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LetterCheckTest {
  private static final SortedSet<String> READERS =
      new TreeSet<>(Set.of("fold-in-users", "user-features"));
  private static final String INPUT = "{\"domain\":\"games\"}";

  private final Poison.Sent poison =
      new Poison.Sent(
          "domain",
          INPUT,
          CompletableFuture.completedFuture(
              new RecordMetadata(new TopicPartition("events", 1), 7, 0, 0, 0, 0)));

  @Test
  void oneLetterOfEachJobIsEnoughAndMoreMayBe() {
    assertThat(check(folded(7, "domain"), counted(7, "domain")).broken()).isEmpty();
    Guarantee again = check(folded(7, "domain"), counted(7, "domain"), counted(7, "domain"));
    assertThat(again.broken()).isEmpty();
    assertThat(again.found()).isEqualTo("1 records, 3 letters, 1 of them repeated");
  }

  @Test
  void aLetterThatIsMissingIsSeen() {
    assertThat(check(counted(7, "domain")).broken())
        .containsExactly("events/1:7 has no letter of [fold-in-users]");
  }

  @Test
  void lettersOfAJobThatWroteThemAgainAreNotThoseOfAnother() {
    assertThat(check(counted(7, "domain"), counted(7, "domain")).broken())
        .containsExactly("events/1:7 has no letter of [fold-in-users]");
  }

  @Test
  void aTrainingThatReadTheTopicMayHaveWrittenToo() {
    DeadLetter trained = letter(7, "domain").by("train-factors");
    assertThat(check(folded(7, "domain"), counted(7, "domain"), trained).broken()).isEmpty();
  }

  @Test
  void anotherReasonIsSeen() {
    assertThat(check(folded(7, "domain"), counted(7, "type")).broken())
        .singleElement()
        .asString()
        .endsWith("should name the field domain");
  }

  @Test
  void aRecordThatWasNotPoisonedIsSeen() {
    assertThat(check(folded(7, "domain"), counted(7, "domain"), counted(8, "time")).broken())
        .singleElement()
        .asString()
        .startsWith("not poisoned: events/1:8");
  }

  private Guarantee check(DeadLetter... letters) {
    List<ConsumerRecord<byte[], byte[]>> records =
        Stream.of(letters)
            .map(each -> WireFormats.deadLetters().write(each))
            .map(each -> new ConsumerRecord<>("dead-letters", 0, 0, new byte[0], each))
            .toList();
    return LetterCheck.run(List.of(poison), records, READERS);
  }

  private static DeadLetter counted(long offset, String field) {
    return letter(offset, field).by("user-features");
  }

  private static DeadLetter folded(long offset, String field) {
    return letter(offset, field).by("fold-in-users");
  }

  private static DeadLetter letter(long offset, String field) {
    return DeadLetter.of(
        "events/1",
        offset,
        new Rejection(field, "", "reason"),
        INPUT.getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }
}
