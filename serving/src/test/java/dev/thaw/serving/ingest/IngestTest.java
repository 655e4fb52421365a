package dev.thaw.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.sqlite.SqliteRecentItems;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.api.IngestReport;
import dev.thaw.serving.api.RecordSlice;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.JournaledEventLog;
import dev.thaw.serving.eventlog.LogRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class IngestTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123456Z");

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final InstantSource clock = InstantSource.fixed(NOW);
  private final AcceptedItems accepted = new AcceptedItems(System::nanoTime);
  private RecentItems recents;
  private Dependency store;
  private final List<String> appended = new CopyOnWriteArrayList<>();
  private JournaledEventLog log;
  private Ingest ingest;

  @BeforeEach
  void open() {
    recents =
        SqliteRecentItems.open(folder.resolve("recent.db"), RecentItems.Bounds.DEFAULT, clock);
    store = new Dependency("store", BreakerSettings.defaults(), timer, System::nanoTime, metrics);
    log = JournaledEventLog.journalOnly(JournaledEventLog.Settings.in(folder.resolve("journal")));
    DomainDefinitions domains = DomainDefinitions.shipped();
    ingest =
        new Ingest(
            domains,
            ThawConfig.embedded(folder).kafka().topics(),
            new Catalogue(domains.all().stream().map(DomainDefinition::name).toList()),
            CatalogueFeed.NONE,
            new Recording(log, appended),
            new RecentWrites(recents, store, timer, Duration.ofMillis(5), metrics),
            accepted,
            clock,
            clock,
            pool,
            metrics,
            10);
  }

  @AfterEach
  void close() {
    pool.shutdownNow();
    log.close();
    store.close();
    timer.shutdownNow();
    recents.close();
  }

  /** Else no request finds what it knows from here in what it reads from the store. */
  @Test
  void whatIsRememberedHereEqualsWhatTheStoreKeeps() {
    ingest
        .items(
            records(
                """
                {"item_id":"m0","domain":"movies","title":"Film","time":"2026-04-01T00:00:00Z"}
                """))
        .join();
    ingest
        .events(
            records(
                """
                {"event_id":"e","user_id":"ann","item_id":"m0","domain":"movies","type":"like",\
                "time":"2026-05-01T11:59:00Z"}
                """))
        .join();
    UserId ann = UserId.of("ann");
    assertThat(accepted.of(ann)).hasSize(1).isEqualTo(recents.of(ann));
  }

  /** Else compaction keeps it, and the next server that starts serves what was withdrawn. */
  @Test
  void anItemOlderThanWhatIsKnownOfItIsNotAppended() {
    String withdrawn =
        "{'item_id':'m0','domain':'movies','title':'New','available':false,"
            + "'time':'2026-04-02T00:00:00Z'}";
    String old = "{'item_id':'m0','domain':'movies','title':'Old','time':'2026-04-01T00:00:00Z'}";
    assertThat(ingest.items(quoted('[' + withdrawn + ',' + old + ']')).join())
        .isEqualTo(new IngestReport(2, 1, 0, List.of(), List.of()));
    assertThat(ingest.items(quoted(old)).join())
        .isEqualTo(new IngestReport(1, 1, 0, List.of(), List.of()));
    assertThat(ingest.items(quoted(withdrawn)).join().duplicates()).isZero();
    assertThat(appended).hasSize(2).allMatch(value -> value.contains("New"));
  }

  /**
   * A log that tells what it was given.
   *
   * @param appended values, as text
   */
  private record Recording(EventLog log, List<String> appended) implements EventLog {
    @Override
    public CompletableFuture<Void> append(List<LogRecord> records) {
      for (LogRecord each : records) {
        appended.add(new String(Objects.requireNonNull(each.value()), StandardCharsets.UTF_8));
      }
      return log.append(records);
    }

    @Override
    public State state() {
      return log.state();
    }

    @Override
    public long backlog() {
      return log.backlog();
    }

    @Override
    public void close() {
      log.close();
    }
  }

  private static List<RecordSlice> quoted(String json) {
    return records(json.replace('\'', '"'));
  }

  private static List<RecordSlice> records(String json) {
    return RecordSlice.document(json.getBytes(StandardCharsets.UTF_8), 10);
  }
}
