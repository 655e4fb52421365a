package dev.thaw.launcher.chaos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records that no job can use, put straight into a topic; for one thread. */
final class Poison {
  private static final List<Kind> KINDS =
      List.of(
          new Kind("broken", "{\"broken\": "),
          new Kind("domain", event("games", "click", "")),
          new Kind("value", event("movies", "rating", ",\"value\":99")),
          new Kind("type", event("movies", "stare", "")));

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final List<Sent> sent = new ArrayList<>();

  /**
   * @param field what the rejection is to name
   */
  private record Kind(String field, String record) {}

  /**
   * One that was sent.
   *
   * @param field what the rejection is to name
   * @param at where Kafka has it, once it has
   */
  record Sent(String field, String input, Future<RecordMetadata> at) {}

  Poison(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  private static String event(String domain, String type, String more) {
    return ("{\"event_id\":\"poison\",\"user_id\":\"u\",\"item_id\":\"i\",\"domain\":\"%s\","
            + "\"type\":\"%s\",\"time\":\"2026-01-01T00:00:00Z\"%s}")
        .formatted(domain, type, more);
  }

  /** Sends one of the kind that is next. */
  void send() {
    Kind kind = KINDS.get(sent.size() % KINDS.size());
    byte[] bytes = kind.record().getBytes(StandardCharsets.UTF_8);
    sent.add(
        new Sent(kind.field(), kind.record(), producer.send(new ProducerRecord<>(topic, bytes))));
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }
}
