package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestItems;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedRecordsTest {
  private static final WireFormat<CatalogueItem> FORMAT =
      WireFormats.items(DomainDefinitions.shipped(), WireLimits.DEFAULT);
  private static final CatalogueItem HEAT = TestItems.item("m1", "Heat", Duration.ZERO);

  private final KeyedRecords<CatalogueItem> records =
      new KeyedRecords<>(FORMAT, StreamTypes.ITEM, item -> item.itemId().value());

  private Arrival<Change<CatalogueItem>> read(@Nullable String key, byte @Nullable [] value) {
    return records.read(consumed(key, value));
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      @Nullable String key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        "thaw.items",
        1,
        7,
        TestEvents.START.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void aTickIsPassedOverAndADeletionIsNot() {
    List<Arrival<Change<CatalogueItem>>> out = new ArrayList<>();
    var collector = new ListCollector<>(out);
    records.deserialize(consumed(Ticks.KEY, Ticks.write(TestEvents.START)), collector);
    assertThat(out).isEmpty();
    records.deserialize(consumed("m1", null), collector);
    assertThat(out).hasSize(1);
  }

  private String refusal(@Nullable String key, byte[] value) {
    Arrival<Change<CatalogueItem>> arrival = read(key, value);
    assertThat(arrival.record).isNull();
    assertThat(arrival.dead).isNotNull();
    return arrival.dead.toString();
  }

  @Test
  void aRecordUnderItsKeyIsRead() {
    assertThat(read("m1", FORMAT.write(HEAT)).record.record).isEqualTo(HEAT);
  }

  @Test
  void anEmptyValueDeletes() {
    assertThat(read("m1", null).record.isDeletion()).isTrue();
    assertThat(read("m1", new byte[0]).record.isDeletion()).isTrue();
  }

  @Test
  void aRecordUnderAnotherKeyIsRefused() {
    assertThat(refusal("m2", FORMAT.write(HEAT)))
        .startsWith("thaw.items/1:7")
        .contains("must have its own key, m1", "m2");
  }

  @Test
  void aRecordWithoutAKeyIsRefused() {
    assertThat(refusal(null, FORMAT.write(HEAT))).contains("must have a key");
  }

  @Test
  void whatIsNoItemIsRefusedWithItsField() {
    assertThat(refusal("m1", "{\"item_id\":1}".getBytes(StandardCharsets.UTF_8)))
        .contains("item_id");
  }
}
