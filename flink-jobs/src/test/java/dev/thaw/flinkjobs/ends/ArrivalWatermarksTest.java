package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.flinkjobs.streams.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class ArrivalWatermarksTest {
  private final WatermarkGenerator<Arrival<String>> generator =
      new ArrivalWatermarks<String>(Duration.ofMillis(100)).createWatermarkGenerator(null);
  private final Emitted emitted = new Emitted();

  private void read(Arrival<String> arrival) {
    generator.onEvent(arrival, arrival.time, emitted);
  }

  @Test
  void aTickCountsAtItsPlaceAmongTheRecords() {
    read(Arrival.of("a", 1_000));
    assertThat(emitted.times).isEmpty();
    read(Arrival.tick(2_000));
    assertThat(emitted.times).containsExactly(1_899L);
    read(Arrival.tick(1_500));
    assertThat(emitted.times).as("never back").containsExactly(1_899L);
  }

  @Test
  void recordsCountFromTimeToTimeAndDeadOnesNever() {
    read(Arrival.of("a", 3_000));
    read(Arrival.of("b", 1_000));
    read(
        Arrival.dead(
            DeadLetter.of(
                "events",
                0,
                new Rejection("time", "9999", "far away"),
                new byte[0],
                Instant.ofEpochMilli(9_000))));
    generator.onPeriodicEmit(emitted);
    generator.onPeriodicEmit(emitted);
    assertThat(emitted.times).containsExactly(2_899L);
  }

  private static final class Emitted implements WatermarkOutput {
    final List<Long> times = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      times.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
