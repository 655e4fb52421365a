package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Compares the partitions that topics have with those that the configuration promises. A job reads
 * a topic with as many tasks as it is promised partitions, at most; a task that finds none would
 * hold back the job's event time for ever, so this is refused before a job starts.
 */
public final class TopicPartitions {
  private static final int PATIENCE_MILLIS = 20_000;

  private TopicPartitions() {}

  /**
   * @throws IllegalArgumentException if a topic is missing, or one with event time has fewer
   *     partitions than {@code kafka.partitions}, naming topic, number and bound
   * @throws KafkaException if the broker does not answer
   */
  public static void require(ThawConfig config) {
    String servers = config.kafka().bootstrapServers();
    Topics topics = config.kafka().topics();
    try (Admin admin =
        Admin.create(
            config
                .kafka()
                .client(
                    Map.of(
                        "request.timeout.ms",
                        PATIENCE_MILLIS,
                        "default.api.timeout.ms",
                        PATIENCE_MILLIS)))) {
      Map<String, Integer> found =
          count(admin, List.of(topics.events(), topics.impressions()), servers);
      check(found, config.kafka().partitions());
    }
  }

  private static Map<String, Integer> count(Admin admin, List<String> names, String servers) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : names) {
      try {
        admin
            .describeTopics(List.of(name))
            .allTopicNames()
            .get()
            .forEach((topic, found) -> counts.put(topic, found.partitions().size()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while the broker was asked for its topics", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          throw new IllegalArgumentException("topic " + name + " must exist at " + servers, e);
        }
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        throw new KafkaException(
            servers + " does not say what topics it has: " + cause.getMessage(), cause);
      }
    }
    return counts;
  }

  static void check(Map<String, Integer> found, int promised) {
    found.forEach(
        (topic, partitions) -> {
          if (partitions < promised) {
            throw new IllegalArgumentException(
                "kafka.partitions must be at most the "
                    + partitions
                    + " that topic "
                    + topic
                    + " has, was "
                    + promised);
          }
        });
  }
}
