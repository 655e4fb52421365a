package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters that say where in Kafka their record is. */
final class KafkaLetters {
  private static final byte[] NOTHING = {};

  private KafkaLetters() {}

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record, Rejection rejection) {
    return DeadLetter.of(
        record.topic() + "/" + record.partition(),
        record.offset(),
        rejection,
        record.value() == null ? NOTHING : record.value(),
        Instant.ofEpochMilli(record.timestamp()));
  }
}
