package dev.thaw.launcher.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How much the topics hold. */
public final class TopicEnds {
  private TopicEnds() {}

  /**
   * The offset behind the newest record of each partition.
   *
   * @throws KafkaException if a topic is missing or the broker does not answer
   */
  public static Map<TopicPartition, Long> of(Admin admin, Collection<String> topics) {
    try {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      admin.describeTopics(Set.copyOf(topics)).allTopicNames().get().values().stream()
          .flatMap(
              t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
          .forEach(p -> wanted.put(p, OffsetSpec.latest()));
      return admin.listOffsets(wanted).all().get().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka does not say where its topics end", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking for the ends of topics", e);
    }
  }
}
