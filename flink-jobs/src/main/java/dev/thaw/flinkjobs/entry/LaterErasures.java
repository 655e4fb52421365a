package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.flinkjobs.trainbridge.TrainBridge;
import dev.thaw.flinkjobs.training.TrainingRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Users who were erased while a training ran. It has read them before and writes about them
 * afterwards, which would bring them back for good. So the run keeps where the events ended when it
 * began, and when all its jobs have written, the deletions of the erasures behind that are
 * repeated. A later erasure has nothing more to fear. A user who came back in the meantime has no
 * mapped vector and no segment before the next training.
 */
public final class LaterErasures {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ThawConfig config;
  private final TrainingRun run;

  /** Of a run on the topics of a broker. */
  public LaterErasures(ThawConfig config, String run) {
    this.config = config;
    this.run = TrainingRun.open(config.artefacts(), run);
  }

  /** To be called before a job of the run reads; only the first call counts. */
  public void begin() {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      begin(consumer);
    }
  }

  void begin(Consumer<byte[], byte[]> events) {
    Map<Integer, Long> ends = new TreeMap<>();
    events
        .endOffsets(partitions(events))
        .forEach((partition, end) -> ends.put(partition.partition(), end));
    run.recordEvents(ends);
  }

  /**
   * To be called when all jobs of the run have ended.
   *
   * @param producer stays the caller's
   * @throws IllegalStateException if the broker doesn't take a deletion
   */
  public void repeat(Producer<byte[], byte[]> producer) {
    try (Consumer<byte[], byte[]> consumer = consumer();
        OnlineStore store = Openers.store(config).open()) {
      repeat(consumer, producer, store);
    }
  }

  void repeat(
      Consumer<byte[], byte[]> events, Producer<byte[], byte[]> producer, OnlineStore store) {
    Map<Integer, Long> begun = run.events();
    if (begun.isEmpty()) {
      return;
    }
    List<OnlineStore.Read> rows = new ArrayList<>();
    List<Future<?>> tombstones = new ArrayList<>();
    for (String user : erased(events, begun)) {
      for (DomainDefinition domain : config.domains().all()) {
        String name = domain.name().value();
        rows.add(
            new OnlineStore.Read(TrainBridge.VIEW, EntityKey.of("user_id", user, "domain", name)));
        byte[] key =
            UserSegment.keyOf(new UserId(user), domain.name()).getBytes(StandardCharsets.UTF_8);
        String topic = config.kafka().topics().userSegments();
        tombstones.add(producer.send(new ProducerRecord<>(topic, key, null)));
      }
    }
    if (!rows.isEmpty()) {
      store.delete(rows);
    }
    tombstones.forEach(LaterErasures::await);
  }

  private static void await(Future<?> sent) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an erasure could not be repeated", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while repeating erasures", e);
    }
  }

  private Set<String> erased(Consumer<byte[], byte[]> events, Map<Integer, Long> begun) {
    Set<String> users = new TreeSet<>();
    List<TopicPartition> partitions = partitions(events);
    Map<TopicPartition, Long> ends = new HashMap<>(events.endOffsets(partitions));
    events.assign(partitions);
    partitions.forEach(each -> events.seek(each, begun.getOrDefault(each.partition(), 0L)));
    while (ends.entrySet().stream().anyMatch(e -> events.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : events.poll(POLL)) {
        byte[] value = record.value();
        if (value != null
            && Erasures.isErasure(value)
            && Erasures.read(value) instanceof WireResult.Accepted<Erasure> erasure
            && erasure.value().subject() == Erasure.Subject.USER) {
          users.add(erasure.value().id());
        }
      }
    }
    return users;
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> events) {
    return events.partitionsFor(config.kafka().topics().events()).stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }

  /** What retention has taken since the run began held no erasure that is still to be repeated. */
  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        config.kafka().client(Map.of("auto.offset.reset", "earliest", "enable.auto.commit", false)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
