package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.kafka.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topic of events of a broker, with all others beside it; each line goes in as it is. */
final class EventTopic implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Creates the topics. */
  EventTopic(ThawConfig config) {
    create(config);
    topic = config.kafka().topics().events();
    producer = Installation.producer(config.kafka());
  }

  /** All topics of the configuration. */
  static void create(ThawConfig config) {
    try (Admin admin = Admin.create(config.kafka().client(Map.of()))) {
      TopicSettings.create(admin, config.kafka().topics(), config.kafka().partitions());
    }
  }

  void send(String... lines) {
    send(List.of(lines));
  }

  void send(List<String> lines) {
    for (String line : lines) {
      byte[] value = line.getBytes(StandardCharsets.UTF_8);
      var unused = producer.send(new ProducerRecord<>(topic, 0, null, value));
    }
    producer.flush();
  }

  /** A click on a phone. */
  static String click(String id, String user, String item, Instant time) {
    return ("{\"event_id\":\"%s\",\"user_id\":\"%s\",\"item_id\":\"%s\",\"domain\":\"movies\","
            + "\"type\":\"click\",\"time\":\"%s\",\"context\":{\"device\":\"phone\"}}")
        .formatted(id, user, item, time);
  }

  static String erasure(String user, Instant time) {
    return "{\"erase\":\"user\",\"id\":\"%s\",\"time\":\"%s\"}".formatted(user, time);
  }

  static String tick(Instant time) {
    return "{\"tick\":\"%s\"}".formatted(time);
  }

  @Override
  public void close() {
    producer.close();
  }
}
