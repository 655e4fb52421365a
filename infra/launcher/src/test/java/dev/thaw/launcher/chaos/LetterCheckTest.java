package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LetterCheckTest {
  private static final int READERS = 2;
  private static final String INPUT = "{\"domain\":\"games\"}";

  private final Poison.Sent poison =
      new Poison.Sent(
          "domain",
          INPUT,
          CompletableFuture.completedFuture(
              new RecordMetadata(new TopicPartition("events", 1), 7, 0, 0, 0, 0)));

  @Test
  void oneLetterOfEachJobIsEnoughAndMoreMayBe() {
    assertThat(check(letter(7, "domain"), letter(7, "domain")).broken()).isEmpty();
    Guarantee again = check(letter(7, "domain"), letter(7, "domain"), letter(7, "domain"));
    assertThat(again.broken()).isEmpty();
    assertThat(again.found()).isEqualTo("1 records, 3 letters, 1 of them repeated");
  }

  @Test
  void aLetterThatIsMissingIsSeen() {
    assertThat(check(letter(7, "domain")).broken())
        .containsExactly("events/1:7 has 1 letters of 2 jobs");
  }

  @Test
  void anotherReasonIsSeen() {
    assertThat(check(letter(7, "domain"), letter(7, "type")).broken())
        .singleElement()
        .asString()
        .endsWith("should name the field domain");
  }

  @Test
  void aRecordThatWasNotPoisonedIsSeen() {
    assertThat(check(letter(7, "domain"), letter(7, "domain"), letter(8, "time")).broken())
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

  private static DeadLetter letter(long offset, String field) {
    return DeadLetter.of(
        "events/1",
        offset,
        new Rejection(field, "", "reason"),
        INPUT.getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }
}
