package dev.thaw.launcher.deadletters;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.launcher.kafka.TopicRecords;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * The letters on the topic, each record once: every job that reads it has written one about it. Of
 * those about records that a job had read, each record once of each job.
 */
public final class Letters {
  private final Map<List<Object>, DeadLetter> byRecord = new LinkedHashMap<>();
  private long unreadable;

  private Letters() {}

  /**
   * Reads the topic up to where it ends now.
   *
   * @throws KafkaException if it can't be read to its end
   */
  public static Letters of(ThawConfig config) {
    Letters letters = new Letters();
    Set<String> topic = Set.of(config.kafka().topics().deadLetters());
    TopicRecords.of(config.kafka(), topic).forEach(each -> letters.add(each.value()));
    return letters;
  }

  private void add(byte[] record) {
    WireFormat<DeadLetter> format = WireFormats.deadLetters();
    WireResult<DeadLetter> read = format.read(record, Instant.MAX);
    if (read instanceof WireResult.Accepted<DeadLetter> letter) {
      byRecord.putIfAbsent(
          List.of(letter.value().source(), letter.value().position(), letter.value().input()),
          letter.value());
    } else {
      unreadable++;
    }
  }

  /** In the order of the topic. */
  public Collection<DeadLetter> all() {
    return byRecord.values();
  }

  /** Records of the topic that are no letters. */
  public long unreadable() {
    return unreadable;
  }
}
