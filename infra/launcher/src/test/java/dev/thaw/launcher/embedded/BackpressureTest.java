package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.PassingStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.ends.StoreOpener;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.flinkjobs.entry.ViewChoice;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes rows as slowly as the test wants, under a job whose topic has plenty. */
@Timeout(300)
class BackpressureTest {
  /** Each of a user of its own, so that no two rows become one on their way. */
  private static final int EVENTS = 40_000;

  /** 10,000 keys in an operator, 2,000 rows in a sink, and what Flink's buffers hold of events. */
  private static final long BETWEEN = 20_000;

  private static final int MAX_ROWS_AT_ONCE = 2_000;
  private static final Duration STILL = Duration.ofSeconds(3);
  private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> VIEWS =
      List.of("user_activity", "user_domain_activity", "user_history");

  @TempDir Path home;

  @Test
  void theSourceReadsNoMoreThanTheStoreTakes() throws Exception {
    SlowStore.reset();
    ReportedMetrics metrics = ReportedMetrics.onFreePort();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0);
        FlinkCluster flink =
            FlinkCluster.start(1, home.resolve("checkpoints"), metrics.configuration())) {
      ThawConfig config = config(kafka);
      try (EventTopic topic = new EventTopic(config)) {
        topic.send(
            IntStream.range(0, EVENTS)
                .mapToObj(i -> EventTopic.click("e" + i, "u" + i, "m" + i % 9, TIME))
                .toList());
      }
      Job job = StreamingJobs.userFeatures(ViewChoice.ALL);
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(
              JobEnvironment.configuration(config, job.name()));
      job.wiring().accept(config, new JobEnds(config, env, job.name(), SlowStore.opener(config)));
      flink.submit(job.name(), env);

      SlowStore.allow(4_000);
      long first = readUntilItStops(metrics);
      assertThat(first).isLessThan(SlowStore.written() + BETWEEN);
      assertThat(isBackPressured(metrics)).isTrue();

      SlowStore.allow(10_000);
      long second = readUntilItStops(metrics);
      assertThat(second).isBetween(first + 1, SlowStore.written() + BETWEEN);

      SlowStore.allow(Integer.MAX_VALUE / 2);
      while (SlowStore.written() < EVENTS) {
        LockSupport.parkNanos(50_000_000);
      }
      assertThat(flink.failure()).isEmpty();
      assertThat(SlowStore.largest()).isLessThanOrEqualTo(MAX_ROWS_AT_ONCE);
      assertEveryEventCounts(config);
    }
  }

  private ThawConfig config(EmbeddedKafka kafka) {
    ThawConfig embedded = ThawConfig.embedded(home.resolve("thaw"));
    return RunningJob.onePartition(embedded, kafka, Duration.ofMinutes(5));
  }

  private static void assertEveryEventCounts(ThawConfig config) {
    List<Read> reads =
        IntStream.range(0, EVENTS)
            .mapToObj(i -> new Read("user_activity", EntityKey.of("user_id", "u" + i)))
            .toList();
    try (OnlineStore store = OnlineStores.open(config.store(), config.features().views())) {
      assertThat(store.read(reads))
          .allSatisfy(
              row ->
                  assertThat(row.flatMap(r -> r.get("events_1h")))
                      .contains(new FeatureValue.Int64(1)));
    }
  }

  /** Events that have come from the topic once no more of them do. */
  private static long readUntilItStops(ReportedMetrics metrics) throws Exception {
    long read = 0;
    long since = System.nanoTime();
    while (read == 0 || System.nanoTime() - since < STILL.toNanos()) {
      LockSupport.parkNanos(100_000_000);
      long now =
          (long) metric(metrics, "operator_numRecordsIn{", "operator_name=\"thaw_events_records\"");
      if (now != read) {
        read = now;
        since = System.nanoTime();
      }
    }
    return read;
  }

  private static boolean isBackPressured(ReportedMetrics metrics) throws Exception {
    return metric(metrics, "isBackPressured{", "task_name=\"Source:_thaw_events") == 1;
  }

  private static double metric(ReportedMetrics metrics, String name, String label)
      throws Exception {
    return metrics
        .read()
        .lines()
        .filter(line -> line.startsWith("flink_taskmanager_job_task_" + name))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Takes so many rows of each view as were allowed, and lets the writer wait for the others. */
  private static final class SlowStore extends PassingStore {
    private static final Map<String, Semaphore> ALLOWED = new ConcurrentHashMap<>();
    private static final Map<String, AtomicLong> WRITTEN = new ConcurrentHashMap<>();
    private static final AtomicLong LARGEST = new AtomicLong();

    SlowStore(OnlineStore store) {
      super(store);
    }

    static void reset() {
      LARGEST.set(0);
      for (String view : VIEWS) {
        ALLOWED.put(view, new Semaphore(0));
        WRITTEN.put(view, new AtomicLong());
      }
    }

    static StoreOpener opener(ThawConfig config) {
      String type = config.store().type();
      String location = config.store().location();
      return () ->
          new SlowStore(
              OnlineStores.open(
                  new ThawConfig.Store(type, location, "thaw"),
                  FeatureDefinitions.shipped().views()));
    }

    static void allow(int rows) {
      ALLOWED.values().forEach(each -> each.release(rows));
    }

    /** Of the view that has the least. */
    static long written() {
      return WRITTEN.values().stream().mapToLong(AtomicLong::get).min().orElseThrow();
    }

    static long largest() {
      return LARGEST.get();
    }

    @Override
    public int write(String view, List<FeatureRow> rows) {
      ALLOWED.get(view).acquireUninterruptibly(rows.size());
      LARGEST.accumulateAndGet(rows.size(), Math::max);
      int effective = super.write(view, rows);
      WRITTEN.get(view).addAndGet(rows.size());
      return effective;
    }
  }
}
