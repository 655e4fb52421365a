package dev.thaw.launcher.embedded;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.kafka.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the jobs are behind the topics. A job commits what it has read when a checkpoint is
 * complete, and its sinks have written everything of it by then, so a commit at the end means that
 * the stores hold it.
 */
final class TopicLag {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Admin admin;
  private final Consumer<Set<TopicPartition>> wake;
  private final Progress progress;

  /**
   * @param wake makes readers of these partitions commit, see {@link Ticker#wake}
   */
  TopicLag(Admin admin, Consumer<Set<TopicPartition>> wake, Progress progress) {
    this.admin = admin;
    this.wake = wake;
    this.progress = progress;
  }

  /**
   * Waits until the groups have committed these ends, or more.
   *
   * @param topicOfGroup what each consumer group reads
   * @param failure asked again and again; waiting ends with an error when there is one
   * @throws IllegalStateException naming group, partition and lag if it takes longer than this
   */
  void awaitCommitted(
      String what,
      Map<TopicPartition, Long> ends,
      Map<String, String> topicOfGroup,
      Duration patience,
      Supplier<Optional<String>> failure) {
    long until = System.nanoTime() + patience.toNanos();
    long total = -1;
    try (Progress.Task task = progress.begin(what, 100)) {
      while (true) {
        Set<TopicPartition> lagging = new HashSet<>();
        Map<String, Long> behind = behind(ends, topicOfGroup, lagging);
        long left = behind.values().stream().mapToLong(Long::longValue).sum();
        if (left == 0) {
          return;
        }
        total = Math.max(total, left);
        task.at(100 - 100 * left / total);
        Optional<String> failed = failure.get();
        if (failed.isPresent()) {
          throw new IllegalStateException(failed.get() + " while " + behind + " were left");
        }
        if (System.nanoTime() > until) {
          throw new IllegalStateException(
              "after " + patience.toSeconds() + " s the jobs are still behind by " + behind);
        }
        wake.accept(lagging);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private Map<String, Long> behind(
      Map<TopicPartition, Long> ends,
      Map<String, String> topicOfGroup,
      Set<TopicPartition> partitions) {
    Map<String, Long> behind = new HashMap<>();
    topicOfGroup.forEach(
        (group, topic) -> {
          Map<TopicPartition, OffsetAndMetadata> committed =
              get(
                  () ->
                      admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
          ends.forEach(
              (partition, end) -> {
                OffsetAndMetadata at = committed.get(partition);
                long left = Math.max(0, end - (at == null ? 0 : at.offset()));
                if (topic.equals(partition.topic()) && left > 0) {
                  behind.merge(group, left, Long::sum);
                  partitions.add(partition);
                }
              });
        });
    return behind;
  }

  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T get(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not say how far the jobs are", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the jobs", e);
    }
  }
}
