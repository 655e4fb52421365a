package dev.thaw.launcher.deadletters;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts mended records back into the topics they came from, or that of their kind, as the server would have written them.
 * Jobs drop events whose id they know, so replaying one twice within the lateness counts once.
 */
public final class Replay {
  private final Producer<byte[], byte[]> producer;
  private final Map<String, BiFunction<byte[], Instant, WireResult<ProducerRecord<byte[], byte[]>>>>
      checks = new TreeMap<>();
  private final Map<RecordKind, String> topicOfKind;

  /**
   * @param config names topics and domains
   */
  public Replay(ThawConfig config, Producer<byte[], byte[]> producer) {
    this.producer = producer;
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
    add(topics.items(), WireFormats.items(domains, limits), item -> item.itemId().value());
    add(topics.users(), WireFormats.profiles(domains, limits), user -> user.userId().value());
    add(
        topics.impressions(),
        WireFormats.impressions(domains, limits),
        impression -> impression.requestId().value());
  }

  private Optional<String> topic(DeadLetter letter) {
    Optional<RecordKind> kind = letter.kind();
    String topic =
        kind.isPresent()
            ? topicOfKind.getOrDefault(kind.get(), "")
            : letter.source().replaceFirst("/\\d+$", "");
    return checks.containsKey(topic) ? Optional.of(topic) : Optional.empty();
  }

  private <T> void add(String topic, WireFormat<T> format, Function<T, String> key) {
    checks.put(topic, (input, now) -> checked(topic, format, key, input, now));
  }

  private static <T> WireResult<ProducerRecord<byte[], byte[]>> checked(
      String topic, WireFormat<T> format, Function<T, String> key, byte[] input, Instant now) {
    WireResult<T> read = format.read(input, now);
    if (read instanceof WireResult.Rejected<T> rejected) {
      return new WireResult.Rejected<>(rejected.rejection());
    }
    T value = read.orElseThrow();
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
    Optional<String> topic = topic(letter);
    if (topic.isEmpty()) {
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
    WireResult<ProducerRecord<byte[], byte[]>> checked =
        checks.get(topic.get()).apply(input, now);
    if (checked instanceof WireResult.Rejected<ProducerRecord<byte[], byte[]>> rejected) {
      return Optional.of(rejected.rejection());
    }
    var unused = producer.send(checked.orElseThrow());
    return Optional.empty();
  }
}
