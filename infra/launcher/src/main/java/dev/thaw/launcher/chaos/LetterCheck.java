package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Whether the dead letters are those of the poisoned records, and of nothing else. */
final class LetterCheck {
  private LetterCheck() {}

  /**
   * Every job that reads the topic says of each poisoned record once why it can't use it, or more
   * often where it was started again: the sink writes at least once.
   *
   * @param readers names of the jobs that read the poisoned topic all the time; others may, too
   */
  static Guarantee run(
      List<Poison.Sent> poison,
      List<ConsumerRecord<byte[], byte[]>> letters,
      SortedSet<String> readers) {
    Map<String, List<DeadLetter>> byPlace = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : letters) {
      DeadLetter letter = WireFormats.deadLetters().read(each.value(), Instant.MAX).orElseThrow();
      byPlace
          .computeIfAbsent(letter.source() + ":" + letter.position(), p -> new ArrayList<>())
          .add(letter);
    }
    List<String> broken = new ArrayList<>();
    for (Poison.Sent each : poison) {
      RecordMetadata at = acknowledged(each);
      String place = at.topic() + "/" + at.partition() + ":" + at.offset();
      List<DeadLetter> of = byPlace.getOrDefault(place, List.of());
      byPlace.remove(place);
      SortedSet<String> silent = new TreeSet<>(readers);
      of.forEach(letter -> silent.remove(letter.job()));
      if (!silent.isEmpty()) {
        broken.add(place + " has no letter of " + silent);
      }
      of.stream()
          .filter(
              letter ->
                  !letter.rejection().field().equals(each.field())
                      || !letter.input().equals(each.input()))
          .forEach(letter -> broken.add(letter + " should name the field " + each.field()));
    }
    byPlace.values().forEach(other -> broken.add("not poisoned: " + other.get(0)));
    long more = letters.size() - (long) readers.size() * poison.size();
    return new Guarantee(
        "poisoned records, and only these, are dead letters with their reason",
        poison.size() + " records, " + letters.size() + " letters, " + more + " of them repeated",
        broken);
  }

  private static RecordMetadata acknowledged(Poison.Sent sent) {
    try {
      return sent.at().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take " + sent.input(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }
}
