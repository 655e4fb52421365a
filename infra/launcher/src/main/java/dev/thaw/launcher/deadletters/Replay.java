package dev.thaw.launcher.deadletters;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.launcher.kafka.TopicRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts mended records back into the topics they came from, or that of their kind, as the server
 * would have written them. Jobs drop events whose id they know, so replaying one twice within the
 * lateness counts once. An item or a profile that is older than the topic's newest of its key is
 * left out: after compaction it would be the one that stays. Not thread-safe.
 */
public final class Replay {
  private final Producer<byte[], byte[]> producer;
  private final BiConsumer<String, Consumer<ConsumerRecord<byte[], byte[]>>> records;
  private final Map<String, Check> checks = new TreeMap<>();
  private final Map<RecordKind, String> topicOfKind;

  /** What becomes of an input. */
  @FunctionalInterface
  private interface Check {
    /**
     * @param written when the letter was
     */
    WireResult<ProducerRecord<byte[], byte[]>> of(byte[] input, Instant written, Instant now);
  }

  /**
   * @param config names topics, domains and the broker
   */
  public Replay(ThawConfig config, Producer<byte[], byte[]> producer) {
    this(
        config,
        producer,
        (topic, each) -> TopicRecords.forEach(config.kafka(), Set.of(topic), each));
  }

  /**
   * @param records gives those of a topic
   */
  Replay(
      ThawConfig config,
      Producer<byte[], byte[]> producer,
      BiConsumer<String, Consumer<ConsumerRecord<byte[], byte[]>>> records) {
    this.producer = producer;
    this.records = records;
    Topics topics = config.kafka().topics();
    DomainDefinitions domains = config.domains();
    WireLimits limits = WireLimits.DEFAULT;
    topicOfKind =
        new EnumMap<>(
            Map.of(
                RecordKind.EVENT, topics.events(),
                RecordKind.ITEM, topics.items(),
                RecordKind.IMPRESSION, topics.impressions()));
    add(topics.events(), WireFormats.events(domains, limits), e -> e.userId().value());
    addCompacted(
        topics.items(),
        WireFormats.items(domains, limits),
        item -> item.itemId().value(),
        CatalogueItem::time);
    addCompacted(
        topics.users(),
        WireFormats.profiles(domains, limits),
        user -> user.userId().value(),
        UserProfile::time);
    add(
        topics.impressions(),
        WireFormats.impressions(domains, limits),
        impression -> impression.requestId().value());
  }

  private <T> void add(String topic, WireFormat<T> format, Function<T, String> key) {
    checks.put(
        topic,
        (input, written, now) -> {
          WireResult<T> read = format.read(input, now);
          return read instanceof WireResult.Rejected<T> rejected
              ? new WireResult.Rejected<>(rejected.rejection())
              : accepted(topic, format, key, read.orElseThrow());
        });
  }

  /** A record without a time is of when it was written, as it would have been for its readers. */
  private <T> void addCompacted(
      String topic, WireFormat<T> format, Function<T, String> key, Function<T, Instant> time) {
    NewestRecords<T> newest =
        new NewestRecords<>(format, time, each -> records.accept(topic, each));
    checks.put(
        topic,
        (input, written, now) -> {
          WireResult<T> read = format.read(input, written);
          if (read instanceof WireResult.Rejected<T>) {
            read = format.read(input, now);
          }
          if (read instanceof WireResult.Rejected<T> rejected) {
            return new WireResult.Rejected<>(rejected.rejection());
          }
          T value = read.orElseThrow();
          Optional<Rejection> outdated = newest.add(key.apply(value), value);
          return outdated.isPresent()
              ? new WireResult.Rejected<>(outdated.get())
              : accepted(topic, format, key, value);
        });
  }

  private static <T> WireResult<ProducerRecord<byte[], byte[]>> accepted(
      String topic, WireFormat<T> format, Function<T, String> key, T value) {
    return new WireResult.Accepted<>(
        new ProducerRecord<>(
            topic, key.apply(value).getBytes(StandardCharsets.UTF_8), format.write(value)));
  }

  /**
   * Sends the letter's input as it is now, if it can be read.
   *
   * @param now times further ahead than the allowed skew are rejected
   * @return why it was not sent
   */
  public Optional<Rejection> send(DeadLetter letter, Instant now) {
    Optional<Check> check = check(letter);
    if (check.isEmpty()) {
      return Optional.of(
          new Rejection(
              "source",
              letter.source(),
              "must be a partition of "
                  + checks.keySet()
                  + ", or a job and one of "
                  + topicOfKind.keySet()));
    }
    byte[] input =
        letter.base64()
            ? Base64.getDecoder().decode(letter.input())
            : letter.input().getBytes(StandardCharsets.UTF_8);
    WireResult<ProducerRecord<byte[], byte[]>> checked = check.get().of(input, letter.time(), now);
    if (checked instanceof WireResult.Rejected<ProducerRecord<byte[], byte[]>> rejected) {
      return Optional.of(rejected.rejection());
    }
    var unused = producer.send(checked.orElseThrow());
    return Optional.empty();
  }

  private Optional<Check> check(DeadLetter letter) {
    Optional<RecordKind> kind = letter.kind();
    String topic =
        kind.isPresent()
            ? topicOfKind.getOrDefault(kind.get(), "")
            : letter.source().replaceFirst("/\\d+$", "");
    return Optional.ofNullable(checks.get(topic));
  }
}
