package dev.thaw.flinkjobs.ends;

import dev.thaw.flinkjobs.streams.Arrival;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of one partition: the newest of its records and ticks, less what records may come out
 * of order. Records that were refused don't move it. A tick's is emitted at its place among the
 * records: what was late behind it is late again when the partition is read again, however fast.
 */
final class ArrivalWatermarks<T> implements WatermarkStrategy<Arrival<T>> {
  private static final long serialVersionUID = 1L;

  private final long outOfOrderMillis;

  ArrivalWatermarks(Duration outOfOrder) {
    this.outOfOrderMillis = outOfOrder.toMillis();
  }

  @Override
  public TimestampAssigner<Arrival<T>> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (arrival, appended) -> arrival.time;
  }

  @Override
  public WatermarkGenerator<Arrival<T>> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator<>(outOfOrderMillis);
  }

  private static final class Generator<T> implements WatermarkGenerator<Arrival<T>> {
    private final long outOfOrderMillis;
    private long newest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;

    Generator(long outOfOrderMillis) {
      this.outOfOrderMillis = outOfOrderMillis;
    }

    @Override
    public void onEvent(Arrival<T> arrival, long timestamp, WatermarkOutput output) {
      if (arrival.movesClock() && arrival.time > newest) {
        newest = arrival.time;
      }
      if (arrival.isClockOnly()) {
        onPeriodicEmit(output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (newest > emitted) {
        emitted = newest;
        // nothing at or before a watermark is still to come, hence one less
        output.emitWatermark(new Watermark(newest - outOfOrderMillis - 1));
      }
    }
  }
}
