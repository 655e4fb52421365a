package dev.thaw.flinkjobs.featurelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.flinkjobs.Collected;
import dev.thaw.flinkjobs.FailingStore;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a job that fails, that is killed and goes on from its last checkpoint, or that had
 * none until then, beside the log of a job that nothing happened to.
 */
@Timeout(240)
class FeatureLogRestoreTest {
  private static final int EVENTS = 300;
  private static final AtomicInteger WRITES_UNTIL_FAILURE = new AtomicInteger();

  @TempDir Path folder;
  private List<String> undisturbed = List.of();

  @BeforeEach
  void runUndisturbed() throws Exception {
    WRITES_UNTIL_FAILURE.set(Integer.MAX_VALUE);
    ThawConfig config = config("undisturbed");
    finish(start(logged(config), Integer.MAX_VALUE));
    undisturbed = LoggedVersions.in(log(config));
    assertThat(undisturbed).hasSizeGreaterThan(3 * EVENTS).doesNotHaveDuplicates();
  }

  @Test
  void everyVersionIsThereOnceThoughATaskFailsAndTheJobIsKilled() throws Exception {
    ThawConfig config = config("killed");
    JobClient killed = start(logged(config), 60);
    awaitFiles(config);
    killed.cancel().get(1, TimeUnit.MINUTES);
    assertThat(LoggedVersions.in(log(config))).hasSizeLessThan(undisturbed.size());

    WRITES_UNTIL_FAILURE.set(5);
    finish(start(logged(config), 150));
    assertThat(WRITES_UNTIL_FAILURE).as("it has failed").hasNegativeValue();
    assertThat(LoggedVersions.in(log(config))).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void aLogThatIsSwitchedOnGoesOnFromACheckpointThatHadNone() throws Exception {
    WRITES_UNTIL_FAILURE.set(Integer.MAX_VALUE);
    ThawConfig config = config("later");
    JobClient without = start(config, 60);
    awaitWrites(20);
    without
        .stopWithSavepoint(false, checkpoints(config), SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);

    finish(start(logged(config), Integer.MAX_VALUE));
    List<String> later = LoggedVersions.in(log(config));
    assertThat(undisturbed).containsAll(later);
    assertThat(later).doesNotHaveDuplicates();
    Map<String, Long> begins =
        later.stream()
            .collect(
                Collectors.toMap(
                    FeatureLogRestoreTest::key, FeatureLogRestoreTest::eventTime, Math::min));
    assertThat(begins).hasSize(9);
    assertThat(undisturbed.stream().filter(version -> !later.contains(version)))
        .as("what the store got before")
        .isNotEmpty()
        .allSatisfy(version -> assertThat(eventTime(version)).isLessThan(begins.get(key(version))));
  }

  /** View and user. */
  private static String key(String version) {
    String view = version.substring(0, version.indexOf('\n'));
    return view + version.lines().filter(line -> line.startsWith("user_id: ")).toList();
  }

  private static long eventTime(String version) {
    String name = LogColumns.EVENT_TIME + ": ";
    int at = version.indexOf(name) + name.length();
    return Long.parseLong(version.substring(at, version.indexOf('\n', at)));
  }

  private ThawConfig config(String name) {
    ThawConfig embedded = ThawConfig.embedded(folder.resolve(name));
    return embedded.withJobs(
        embedded
            .jobs()
            .withParallelism(1)
            .withStateBackend("hashmap")
            .withCheckpointInterval(Duration.ofMillis(100)));
  }

  private static Path log(ThawConfig config) {
    return config.home().resolve("log");
  }

  private static ThawConfig logged(ThawConfig config) {
    return config.withJobs(config.jobs().withFeatureLog(log(config)));
  }

  /** From its newest checkpoint, if there is one. */
  private static JobClient start(ThawConfig config, int eventsASecond) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1,
            JobEnvironment.resumed(
                JobEnvironment.configuration(config, UserFeatures.JOB), config, UserFeatures.JOB));
    JobEnds ends = new JobEnds(config, env, UserFeatures.JOB, opener(config));
    DataGeneratorSource<Event> source =
        new DataGeneratorSource<>(
            FeatureLogRestoreTest::event,
            EVENTS,
            eventsASecond == Integer.MAX_VALUE
                ? RateLimiterStrategy.noOp()
                : RateLimiterStrategy.perSecond(eventsASecond),
            StreamTypes.EVENT);
    DataStream<Event> events =
        env.fromSource(
                source,
                WatermarkStrategy.<Event>forMonotonousTimestamps()
                    .withTimestampAssigner((event, before) -> event.timeMillis()),
                "events")
            .uid("events");
    new UserFeatures(
            FeatureDefinitions.shipped(),
            config.domains(),
            config.jobs().lateness(),
            new Pace(Duration.ofMillis(20), config.jobs().featureLog() != null))
        .build(
            events,
            none(events, StreamTypes.ERASURE),
            none(events, Change.type(StreamTypes.ITEM_VECTOR)),
            ends.toStore(),
            new Collected<>());
    return env.executeAsync();
  }

  private static <T> DataStream<T> none(DataStream<Event> events, TypeInformation<T> type) {
    return events.<T>flatMap((event, out) -> {}).returns(type);
  }

  /** Of three users in turn, seven minutes apart. */
  private static Event event(long index) {
    EventType type = index % 5 == 0 ? EventType.LIKE : EventType.CLICK;
    Duration offset = Duration.ofMinutes(7 * index);
    return TestEvents.event("e" + index, "u" + index % 3, "m" + index % 8, type, offset);
  }

  private static StoreOpener opener(ThawConfig config) {
    String type = config.store().type();
    String location = config.store().location();
    return () ->
        new FailingStore(
            OnlineStores.open(
                new ThawConfig.Store(type, location, "thaw"), FeatureDefinitions.shipped().views()),
            WRITES_UNTIL_FAILURE);
  }

  private static void finish(JobClient job) throws Exception {
    job.getJobExecutionResult().get(2, TimeUnit.MINUTES);
  }

  /** The test's time limit ends it. */
  private static void awaitFiles(ThawConfig config) throws Exception {
    while (LoggedVersions.files(log(config)).size() < 9) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void awaitWrites(int number) {
    while (WRITES_UNTIL_FAILURE.get() > Integer.MAX_VALUE - number) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String checkpoints(ThawConfig config) {
    return config
        .home()
        .resolve("checkpoints")
        .resolve(UserFeatures.JOB + "/saved")
        .toUri()
        .toString();
  }
}
