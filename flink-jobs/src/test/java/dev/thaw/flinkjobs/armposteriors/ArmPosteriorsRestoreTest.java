package dev.thaw.flinkjobs.armposteriors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.Collected;
import dev.thaw.flinkjobs.FailingStore;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestImpressions;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.statistics.ArmRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Posteriors and linear statistics of a job that is killed, goes on from its last checkpoint and
 * fails once more, beside those of a job that nothing happened to: two rewards of different
 * windows, one of them fading, and two configurations.
 */
@Timeout(240)
class ArmPosteriorsRestoreTest {
  private static final int REQUESTS = 200;
  private static final int EVENTS = 3 * REQUESTS;
  private static final int ITEMS = 8;
  private static final AtomicInteger WRITES_UNTIL_FAILURE = new AtomicInteger();
  private static final AtomicLong FIRST_IMPRESSION = new AtomicLong();
  private static final List<Assignment> CONFIGURATIONS =
      List.of(
          Assignment.NONE, new Assignment("floors", "usual"), new Assignment("floors", "bolder"));
  private static final DomainDefinitions DOMAINS =
      DomainDefinitions.of(
          List.of(
              new DomainDefinition(
                  TestEvents.MOVIES,
                  1,
                  5,
                  4,
                  List.of(EventType.CLICK),
                  List.of(),
                  List.of(),
                  List.of(
                      new RewardDefinition(
                          "positive",
                          List.of(),
                          new RewardDefinition.Whole(),
                          null,
                          Duration.ofHours(3)),
                      new RewardDefinition(
                          "spend",
                          List.of(EventType.PURCHASE),
                          new RewardDefinition.UpTo("value", 50),
                          Duration.ofHours(2),
                          null)))),
          List.of());

  @TempDir Path folder;

  @Test
  void aKilledAndRestoredJobEndsInTheSamePosteriors() throws Exception {
    WRITES_UNTIL_FAILURE.set(Integer.MAX_VALUE);
    ThawConfig calm = config("calm");
    Collected<DeadLetter> calmLetters = new Collected<>();
    finish(start(calm, Integer.MAX_VALUE, calmLetters));
    List<Optional<FeatureRow>> undisturbed = rows(calm);
    assertThat(undisturbed).doesNotContain(Optional.empty());
    assertThat(calmLetters.all()).isEmpty();
    assertThat(cells(undisturbed, "floors/bolder:positive").impressions()).isPositive();
    assertThat(cells(undisturbed, "floors/bolder:spend").rewards()).isPositive();

    ThawConfig config = config("killed");
    Collected<DeadLetter> letters = new Collected<>();
    JobClient killed = start(config, 60, letters);
    while (WRITES_UNTIL_FAILURE.get() > Integer.MAX_VALUE - 8) {
      LockSupport.parkNanos(20_000_000);
    }
    killed.cancel().get(1, TimeUnit.MINUTES);
    assertThat(rows(config)).isNotEqualTo(undisturbed);

    WRITES_UNTIL_FAILURE.set(2);
    FIRST_IMPRESSION.set(Long.MAX_VALUE);
    finish(start(config, 300, letters));
    assertThat(WRITES_UNTIL_FAILURE).as("it has failed").hasNegativeValue();
    assertThat(FIRST_IMPRESSION.get())
        .as("it went on where the checkpoint was: with settled slots, and with open ones")
        .isGreaterThan(8);
    assertThat(rows(config)).isEqualTo(undisturbed);
    assertThat(letters.all()).isEmpty();
  }

  private static ArmEvidence cells(List<Optional<FeatureRow>> rows, String cell) {
    return rows.subList(0, ITEMS).stream()
        .map(row -> ArmRow.of(row.orElseThrow()))
        .flatMap(row -> Optional.ofNullable(row.cells().get(cell)).stream())
        .map(ArmRow.Cell::evidence)
        .reduce(
            ArmEvidence.NONE,
            (a, b) ->
                new ArmEvidence(a.impressions() + b.impressions(), a.rewards() + b.rewards()));
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

  private static OnlineStore open(ThawConfig.Store store) {
    return OnlineStores.open(store, FeatureDefinitions.shipped().views());
  }

  /** Of both views, one after the other. */
  private static List<Optional<FeatureRow>> rows(ThawConfig config) {
    try (OnlineStore store = open(config.store())) {
      return store.read(
          Stream.of(ArmPosteriors.VIEW, ArmPosteriors.LINEAR)
              .flatMap(
                  view ->
                      IntStream.range(0, ITEMS)
                          .mapToObj(i -> new Read(view, EntityKey.of("item_id", "m" + i))))
              .toList());
    }
  }

  /** From its newest checkpoint, if there is one. */
  private static JobClient start(
      ThawConfig config, int requestsASecond, Collected<DeadLetter> letters) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1,
            JobEnvironment.resumed(
                JobEnvironment.configuration(config, ArmPosteriors.JOB),
                config,
                ArmPosteriors.JOB));
    String type = config.store().type();
    String location = config.store().location();
    JobEnds ends =
        new JobEnds(
            config,
            env,
            ArmPosteriors.JOB,
            () ->
                new FailingStore(
                    open(new ThawConfig.Store(type, location, "thaw")), WRITES_UNTIL_FAILURE));
    DataStream<Event> events =
        source(
            env,
            "events",
            ArmPosteriorsRestoreTest::event,
            EVENTS,
            requestsASecond == Integer.MAX_VALUE ? requestsASecond : 3 * requestsASecond,
            StreamTypes.EVENT);
    new ArmPosteriors(
            FeatureDefinitions.shipped(),
            DOMAINS,
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofMillis(20))
        .build(
            events,
            events.<Erasure>flatMap((event, out) -> {}).returns(StreamTypes.ERASURE),
            source(
                env,
                "impressions",
                ArmPosteriorsRestoreTest::impression,
                REQUESTS,
                requestsASecond,
                StreamTypes.IMPRESSION),
            ends.toStore(),
            letters);
    return env.executeAsync();
  }

  private static void finish(JobClient job) throws Exception {
    job.getJobExecutionResult().get(2, TimeUnit.MINUTES);
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment env,
      String name,
      GeneratorFunction<Long, T> generator,
      long count,
      int aSecond,
      TypeInformation<T> type) {
    return env.fromSource(
            new DataGeneratorSource<>(
                generator,
                count,
                aSecond == Integer.MAX_VALUE
                    ? RateLimiterStrategy.noOp()
                    : RateLimiterStrategy.perSecond(aSecond),
                type),
            WatermarkStrategy.<T>forMonotonousTimestamps()
                .withTimestampAssigner((record, before) -> millis(record)),
            name)
        .uid(name);
  }

  private static long millis(Object record) {
    return record instanceof Event event
        ? event.timeMillis()
        : ((Impression) record).time().toEpochMilli();
  }

  /** Seven minutes apart. */
  private static Impression impression(long index) {
    FIRST_IMPRESSION.accumulateAndGet(index, Math::min);
    return TestImpressions.knowing(
        new DecisionFeatures("stage", List.of(1f, index % 5 / 7f, index % 11 / 3f - 1)),
        TestImpressions.shown(
            CONFIGURATIONS.get((int) (index % 3)),
            "r" + index,
            "u" + index % 5,
            Duration.ofMinutes(7 * index),
            "m" + index % ITEMS,
            "m" + (index + 1) % ITEMS));
  }

  /** To each answer a click or a skip, the same once more, and a purchase of now and then. */
  private static Event event(long index) {
    long request = index / 3;
    Duration shown = Duration.ofMinutes(7 * request);
    EventType type =
        index % 3 == 2
            ? request % 4 == 0 ? EventType.PURCHASE : EventType.VIEW
            : request % 2 == 0 ? EventType.CLICK : EventType.SKIP;
    Event event =
        TestEvents.event(
                "e" + (index % 3 == 1 ? index - 1 : index),
                "u" + request % 5,
                "m" + request % ITEMS,
                type,
                shown.plusMinutes(index % 3 == 2 ? 5 : 2))
            .inResponseTo(RequestId.of("r" + request), 0, null);
    return type.equals(EventType.PURCHASE) ? event.withValue(10 + request % 60) : event;
  }
}
