package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import dev.thaw.launcher.console.Progress;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The job {@code user-features} with all of the shipped {@code features.yaml}, from generated
 * events to its sinks: deduplication, item vectors of 384 dimensions, every rolling view, histories
 * and checkpoints. Counted is the CPU time of the whole process, all of Flink included, once the
 * job runs warm: events a second and core are events by CPU second, whatever else the machine does.
 */
final class RollingFeaturesBench implements Benchmark {
  private static final double TARGET = 100_000;
  private static final int EVENTS_A_SECOND = 60_000;

  /**
   * Who comes how often.
   *
   * @param anHour events of a user, in the mean
   * @param share of the benchmark's events
   */
  private record Traffic(String name, int users, double anHour, double share) {}

  /**
   * By default three hours of it (on RocksDB half of that): windows of an hour fill in the first
   * third and empty in the others.
   */
  private static final Traffic BUSY = new Traffic("", 5_000, 25, 1);

  private static final Traffic MANY = new Traffic(", 20,000 users", 20_000, 25, 4);
  private static final Traffic RARE =
      new Traffic(", 20,000 users who come twice a day", 20_000, 0.09, 0.5);
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "rolling-features";
  }

  @Override
  public String description() {
    return "events/s/core through the job user-features, heap and RocksDB state";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    long events = context.measured().toSeconds() * EVENTS_A_SECOND;
    WarmUp.Taken warm =
        WarmUp.of(() -> perCore(context, "hashmap", BUSY, events, RollingFeaturesBench::features));
    return List.of(
        figure(context, "heap state", "hashmap", BUSY, events).after(warm).atLeast(TARGET),
        figure(context, "heap state", "hashmap", MANY, events).atLeast(TARGET),
        figure(context, "heap state", "hashmap", RARE, events).atLeast(TARGET),
        figure(context, "RocksDB state", "rocksdb", BUSY, events / 2));
  }

  private static Figure figure(
      BenchContext context, String how, String backend, Traffic traffic, long events)
      throws Exception {
    double count = perCore(context, backend, traffic, events, RollingFeaturesBench::count);
    double all = perCore(context, backend, traffic, events, RollingFeaturesBench::features);
    return Figure.of("all rolling features, " + how + traffic.name(), all, "events/s/core")
        .beside("one count by user", count)
        .with("CPU us an event", 1e6 / all);
  }

  private interface Pipeline {
    void build(StreamExecutionEnvironment env, ThawConfig config, DataStream<Event> events);
  }

  private static double perCore(
      BenchContext context, String backend, Traffic traffic, long measured, Pipeline pipeline)
      throws Exception {
    ThawConfig config = config(context, backend);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1, JobEnvironment.configuration(config, "bench-" + backend));
    long events = (long) (measured * traffic.share());
    GeneratedEvents generated =
        new GeneratedEvents(events, context.seed(), traffic.users(), traffic.anHour());
    pipeline.build(
        env,
        config,
        env.fromSequence(0, events - 1)
            .map(generated)
            .returns(StreamTypes.EVENT)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Event>forBoundedOutOfOrderness(OUT_OF_ORDER)
                    .withTimestampAssigner((event, before) -> event.timeMillis())));
    try (Progress.Task task = context.progress().begin("rolling features, " + backend, 0)) {
      env.execute();
    }
    return generated.perCpuSecond();
  }

  private static ThawConfig config(BenchContext context, String backend) throws Exception {
    ThawConfig shipped = ThawConfig.embedded(context.folder("rolling-features"));
    return shipped.withJobs(shipped.jobs().withParallelism(1).withStateBackend(backend));
  }

  private static void features(
      StreamExecutionEnvironment env, ThawConfig config, DataStream<Event> events) {
    DataStream<Erasure> none =
        env.fromSequence(0, 0).<Erasure>flatMap((number, out) -> {}).returns(StreamTypes.ERASURE);
    new UserFeatures(
            FeatureDefinitions.shipped(),
            DomainDefinitions.shipped(),
            config.jobs().lateness(),
            Pace.of(Coalescing.within(config.jobs().flushInterval()).results()))
        .build(
            events,
            none,
            GeneratedEvents.itemVectors(env),
            new DiscardingSink<>(),
            new DiscardingSink<>());
  }

  private static void count(
      StreamExecutionEnvironment env, ThawConfig config, DataStream<Event> events) {
    events
        .keyBy(event -> event.userId().value(), Types.STRING)
        .map(new CountByKey())
        .returns(Types.LONG)
        .uid("count")
        .sinkTo(new DiscardingSink<>());
  }
}
