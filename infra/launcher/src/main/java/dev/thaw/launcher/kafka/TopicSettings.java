package dev.thaw.launcher.kafka;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Partitions, clean-up and time of each topic. All use LogAppendTime, so that events of years ago
 * don't meet Kafka's retention.
 */
public final class TopicSettings {
  public static final int MAX_MESSAGE_BYTES = WireLimits.DEFAULT.maxMessageBytes();

  private static final Duration DIAGNOSTICS_KEPT = Duration.ofDays(30);
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private TopicSettings() {}

  /** As the other, of one replica: for a broker that is alone. */
  public static void create(Admin admin, Topics topics, int partitions) {
    create(admin, topics, partitions, (short) 1);
  }

  /**
   * Creates the topics that are not there yet; existing ones stay as they are. Every partition has
   * its leader when this returns: an idempotent producer whose first batch meets a partition
   * without one, and whose second does not, would wait for the first in vain.
   *
   * @param partitions of every topic but {@code artefacts} and {@code dead-letters}, which have
   *     one; at least 1
   * @param replicas of every partition, at least 1 and at most as many as there are brokers
   * @throws KafkaException if the broker does not answer or refuses
   */
  public static void create(Admin admin, Topics topics, int partitions, short replicas) {
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          newTopics(topics, partitions, replicas).stream()
              .filter(t -> !existing.contains(t.name()))
              .toList();
      admin.createTopics(missing).all().get();
      awaitTopics(admin, missing.stream().map(NewTopic::name).toList());
      admin.listOffsets(endsOf(missing)).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while the topics were created", e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new KafkaException("the topics could not be created: " + cause.getMessage(), cause);
    }
  }

  /**
   * The controller has the topics before the broker has read of them, and asked in between, the
   * broker says that it knows none: the client takes that for an answer and does not ask again.
   */
  private static void awaitTopics(Admin admin, List<String> names)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (true) {
      try {
        admin.describeTopics(names).allTopicNames().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
    }
  }

  /** Only a partition's leader can tell its end. */
  private static Map<TopicPartition, OffsetSpec> endsOf(List<NewTopic> topics) {
    Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    return ends;
  }

  static List<NewTopic> newTopics(Topics topics, int partitions, short replicas) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1, was " + partitions);
    }
    if (replicas < 1) {
      throw new IllegalArgumentException("replicas must be at least 1, was " + replicas);
    }
    Map<String, String> kept = config(Map.of("retention.ms", "-1"));
    Map<String, String> diagnostics =
        config(Map.of("retention.ms", Long.toString(DIAGNOSTICS_KEPT.toMillis())));
    Map<String, String> newestOfKey = config(Map.of("cleanup.policy", "compact"));
    return List.of(
        topic(topics.events(), partitions, replicas, kept),
        topic(topics.impressions(), partitions, replicas, kept),
        topic(topics.items(), partitions, replicas, newestOfKey),
        topic(topics.users(), partitions, replicas, newestOfKey),
        topic(topics.itemVectors(), partitions, replicas, newestOfKey),
        topic(topics.itemFlags(), partitions, replicas, newestOfKey),
        topic(topics.userSegments(), partitions, replicas, newestOfKey),
        topic(topics.artefacts(), 1, replicas, newestOfKey),
        topic(topics.deadLetters(), 1, replicas, diagnostics));
  }

  private static NewTopic topic(
      String name, int partitions, short replicas, Map<String, String> config) {
    return new NewTopic(name, partitions, replicas).configs(config);
  }

  private static Map<String, String> config(Map<String, String> cleanUp) {
    Map<String, String> config = new LinkedHashMap<>(cleanUp);
    config.put("message.timestamp.type", "LogAppendTime");
    config.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    return config;
  }
}
