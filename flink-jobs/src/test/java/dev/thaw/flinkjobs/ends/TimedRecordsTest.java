package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What a topic's records are to a job, and what they do to its event time. */
class TimedRecordsTest {
  private static final Instant APPENDED = TestEvents.START;

  private final TimedRecords<Event> reader =
      new TimedRecords<>(
          WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT),
          Event::time,
          WireLimits.DEFAULT,
          StreamTypes.EVENT);

  private Arrival<Event> read(byte[] value) {
    return reader.read(
        new ConsumerRecord<>(
            "thaw.events",
            3,
            17,
            APPENDED.toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            0,
            value.length,
            new byte[0],
            value,
            new RecordHeaders(),
            Optional.empty()));
  }

  private Arrival<Event> event(String time) {
    return read(
        ("{\"event_id\":\"e\",\"user_id\":\"u\",\"item_id\":\"i\",\"domain\":\"movies\","
                + "\"type\":\"click\",\"time\":\""
                + time
                + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void timesFarInTheFutureOrBeforeTheEpochLeaveBeforeTheyMoveTheClock() {
    for (String wrong : List.of("2027-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
      Arrival<Event> arrival = event(wrong);
      assertThat(arrival.record).isNull();
      assertThat(arrival.movesClock()).isFalse();
      assertThat(arrival.dead.source()).isEqualTo("thaw.events/3");
      assertThat(arrival.dead.position()).isEqualTo(17);
      assertThat(arrival.dead.rejection().field()).isEqualTo("time");
      assertThat(arrival.dead.rejection().value()).isEqualTo(wrong);
    }
  }

  @Test
  void watermarksFollowRecordsTicksAndErasuresOnly() {
    WatermarkGenerator<Arrival<Event>> generator =
        new ArrivalWatermarks<Event>(Duration.ofSeconds(1)).createWatermarkGenerator(null);
    assertThat(after(generator, event("2027-01-01T00:00:00Z"))).isEmpty();
    assertThat(after(generator, event(at(-60)))).containsExactly(watermark(-60));
    assertThat(after(generator, event(at(-90)))).as("never back").isEmpty();
    assertThat(after(generator, read(Ticks.write(APPENDED.minusSeconds(30)))))
        .containsExactly(watermark(-30));
    Erasure erasure = Erasure.of(UserId.of("u"), APPENDED.minusSeconds(10));
    Arrival<Event> erased = read(Erasures.write(erasure));
    assertThat(erased.erasure).isEqualTo(erasure);
    assertThat(after(generator, erased)).containsExactly(watermark(-10));
    Instant tooFar = APPENDED.plus(WireLimits.DEFAULT.maxFutureSkew()).plusSeconds(1);
    for (byte[] far :
        List.of(Ticks.write(tooFar), Erasures.write(Erasure.of(UserId.of("u"), tooFar)))) {
      assertThat(read(far).dead.rejection().value()).isEqualTo(tooFar.toString());
      assertThat(after(generator, read(far))).isEmpty();
    }
  }

  private static String at(long seconds) {
    return APPENDED.plusSeconds(seconds).toString();
  }

  private static long watermark(long seconds) {
    return APPENDED.plusSeconds(seconds - 1).toEpochMilli() - 1;
  }

  private static List<Long> after(
      WatermarkGenerator<Arrival<Event>> generator, Arrival<Event> arrival) {
    List<Long> emitted = new ArrayList<>();
    WatermarkOutput output =
        new WatermarkOutput() {
          @Override
          public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
          }

          @Override
          public void markIdle() {
            throw new AssertionError("a partition with ticks is never idle");
          }

          @Override
          public void markActive() {}
        };
    generator.onEvent(arrival, arrival.time, output);
    generator.onPeriodicEmit(output);
    return emitted;
  }
}
