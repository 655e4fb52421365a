package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One run of a job on Flink in this process: lists in, whose event time follows each record, and
 * what came out. At the end of the lists event time ends, too: every timer fires.
 */
public final class JobRun {
  public final StreamExecutionEnvironment env;
  public final Collected<ViewRow> store = new Collected<>();
  public final Collected<DeadLetter> deadLetters = new Collected<>();

  public JobRun(Path folder, String stateBackend) {
    ThawConfig shipped = ThawConfig.embedded(folder);
    Configuration settings =
        JobEnvironment.configuration(
            shipped.withJobs(shipped.jobs().withParallelism(1).withStateBackend(stateBackend)),
            "test");
    env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
  }

  public DataStream<Event> events(List<Event> events) {
    return timed(events, StreamTypes.EVENT, Event::timeMillis);
  }

  public DataStream<Impression> impressions(List<Impression> impressions) {
    return timed(
        impressions, StreamTypes.IMPRESSION, impression -> impression.time().toEpochMilli());
  }

  public DataStream<Erasure> noErasures() {
    return nothing(StreamTypes.ERASURE);
  }

  public <T> DataStream<T> nothing(TypeInformation<T> type) {
    return env.fromData(0).<T>flatMap((zero, out) -> {}).returns(type);
  }

  private interface Time<T> extends ToLongFunction<T>, Serializable {}

  private <T> DataStream<T> timed(List<T> records, TypeInformation<T> type, Time<T> time) {
    return env.fromData(records, type)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<T>forGenerator(context -> new Punctual<>())
                .withTimestampAssigner((record, before) -> time.applyAsLong(record)));
  }

  /** The newest row of each key of a view, as the store would keep it. */
  public Map<EntityKey, FeatureRow> rows(String view) {
    return store.all().stream()
        .filter(row -> row.view().equals(view))
        .map(ViewRow::row)
        .collect(
            Collectors.toMap(
                FeatureRow::key,
                row -> row,
                (old, next) -> next.eventTime().isBefore(old.eventTime()) ? old : next));
  }

  private static final class Punctual<T> implements WatermarkGenerator<T> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(T record, long timestamp, WatermarkOutput output) {
      if (timestamp > newest) {
        newest = timestamp;
        output.emitWatermark(new Watermark(timestamp - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
