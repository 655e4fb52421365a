package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer over a real SQLite store, in a processing time of its own. */
class OnlineStoreWriterTest {
  private static final String VIEW = "user_activity";
  private static final EntityKey KEY = EntityKey.of("user_id", "u1");
  private static final Duration WHOLE = Duration.ofMillis(200);

  @TempDir Path folder;
  private final TestProcessingTimeService clock = new TestProcessingTimeService();
  private OnlineStore store;
  private OnlineStoreWriter writer;

  @BeforeEach
  void open() throws Exception {
    clock.setCurrentTime(0);
    ThawConfig.Store config = ThawConfig.embedded(folder).store();
    StoreOpener opener = () -> OnlineStores.open(config, FeatureDefinitions.shipped().views());
    store = opener.open();
    writer =
        new OnlineStoreWriter(
            opener,
            Coalescing.within(WHOLE).store(),
            new Backoff(0, Duration.ZERO),
            clock,
            new SimpleCounter());
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private static ViewRow row(long events, Duration offset) {
    return new ViewRow(
        VIEW,
        new FeatureRow(
            KEY, Map.of("events_1h", new FeatureValue.Int64(events)), TestEvents.at(offset)));
  }

  private Optional<FeatureValue> stored() {
    return store
        .read(List.of(new OnlineStore.Read(VIEW, KEY)))
        .get(0)
        .flatMap(row -> row.get("events_1h"));
  }

  @Test
  void changesWaitForTheirShareOfTheBudgetAndTheNewestIsWritten() throws Exception {
    writer.write(row(1, Duration.ZERO), null);
    writer.write(row(2, Duration.ofMinutes(2)), null);
    writer.write(row(3, Duration.ofMinutes(1)), null);
    clock.setCurrentTime(Coalescing.within(WHOLE).store().toMillis() - 1);
    assertThat(stored()).isEmpty();
    clock.setCurrentTime(Coalescing.within(WHOLE).store().toMillis());
    assertThat(stored()).contains(new FeatureValue.Int64(2));
  }

  @Test
  void rowsOfAHistoryWaitLonger() throws Exception {
    long now = TestEvents.millis(Duration.ofDays(1));
    clock.setCurrentTime(now);
    writer.write(row(1, Duration.ZERO), null);
    clock.setCurrentTime(now + 999);
    assertThat(stored()).isEmpty();
    clock.setCurrentTime(now + 1_000);
    assertThat(stored()).contains(new FeatureValue.Int64(1));
  }

  @Test
  void bothSharesAreNoMoreThanTheWholeBudget() {
    for (long millis : new long[] {1, 3, 200, 201}) {
      Coalescing shares = Coalescing.within(Duration.ofMillis(millis));
      assertThat(shares.results().plus(shares.store())).isEqualTo(Duration.ofMillis(millis));
    }
  }

  @Test
  void aDeletionTakesTheStoredRowAndTheWaitingOneAndLaterRowsStartAnew() throws Exception {
    writer.write(row(1, Duration.ZERO), null);
    writer.flush(false);
    assertThat(stored()).isPresent();
    writer.write(row(2, Duration.ofMinutes(1)), null);
    writer.write(ViewRow.deletion(VIEW, KEY, TestEvents.millis(Duration.ofMinutes(2))), null);
    writer.flush(false);
    assertThat(stored()).isEmpty();
    writer.write(row(7, Duration.ofMinutes(3)), null);
    writer.flush(false);
    assertThat(stored()).contains(new FeatureValue.Int64(7));
  }

  @Test
  void aDeletionEndsTheRowThatWaitsHoweverFarAheadItsClockWas() throws Exception {
    writer.write(row(1, Duration.ofMinutes(2)), null);
    writer.write(ViewRow.deletion(VIEW, KEY, TestEvents.millis(Duration.ofMinutes(1))), null);
    writer.flush(false);
    assertThat(stored()).isEmpty();
  }

  @Test
  void aRowThatFollowsADeletionReplacesWhatIsStoredHoweverFarAheadItsClockWas() throws Exception {
    writer.write(row(1, Duration.ofMinutes(9)), null);
    writer.flush(false);
    writer.write(ViewRow.deletion(VIEW, KEY, TestEvents.millis(Duration.ofMinutes(1))), null);
    writer.write(row(2, Duration.ofMinutes(2)), null);
    writer.flush(false);
    assertThat(stored()).contains(new FeatureValue.Int64(2));
  }

  @Test
  void aStoreThatFailsForAWhileGetsAllRowsInTheEnd() throws Exception {
    OnlineStoreWriter retrying = over(2, 2);
    for (int i = 0; i < 5; i++) {
      retrying.write(rowOf("u" + i), null);
    }
    retrying.write(ViewRow.deletion(VIEW, EntityKey.of("user_id", "u4"), 0), null);
    retrying.flush(false);
    assertThat(store.read(IntStream.range(0, 5).mapToObj(i -> read("u" + i)).toList()))
        .extracting(Optional::isPresent)
        .containsExactly(true, true, true, true, false);
  }

  @Test
  void aStoreThatFailsForGoodIsNamedWithViewAndRowsAndNothingCountsAsWritten() throws Exception {
    SimpleCounter written = new SimpleCounter();
    OnlineStoreWriter retrying = over(Integer.MAX_VALUE, 2, written);
    retrying.write(rowOf("u1"), null);
    retrying.write(rowOf("u2"), null);
    assertThatThrownBy(() -> retrying.flush(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 rows of view " + VIEW)
        .hasMessageContaining("3 times")
        .hasCauseInstanceOf(OnlineStoreException.class);
    assertThat(written.getCount()).isZero();
  }

  private static ViewRow rowOf(String user) {
    Map<String, FeatureValue> features = Map.of("events_1h", new FeatureValue.Int64(1));
    return new ViewRow(
        VIEW, new FeatureRow(EntityKey.of("user_id", user), features, TestEvents.START));
  }

  private static OnlineStore.Read read(String user) {
    return new OnlineStore.Read(VIEW, EntityKey.of("user_id", user));
  }

  private OnlineStoreWriter over(int failures, int retries) {
    return over(failures, retries, new SimpleCounter());
  }

  private OnlineStoreWriter over(int failures, int retries, Counter written) {
    return new OnlineStoreWriter(
        () -> new Unreachable(store, failures),
        WHOLE,
        new Backoff(retries, Duration.ZERO),
        clock,
        written);
  }

  /** The store behind a connection that breaks so many times before it holds. */
  private static final class Unreachable implements OnlineStore {
    private final OnlineStore store;
    private int failures;

    Unreachable(OnlineStore store, int failures) {
      this.store = store;
      this.failures = failures;
    }

    private void connect() {
      if (failures-- > 0) {
        throw new OnlineStoreException("connection refused");
      }
    }

    @Override
    public List<Optional<FeatureRow>> read(List<Read> reads) {
      connect();
      return store.read(reads);
    }

    @Override
    public int write(String view, List<FeatureRow> rows) {
      connect();
      return store.write(view, rows);
    }

    @Override
    public void delete(List<Read> rows) {
      connect();
      store.delete(rows);
    }

    @Override
    public void close() {}
  }
}
