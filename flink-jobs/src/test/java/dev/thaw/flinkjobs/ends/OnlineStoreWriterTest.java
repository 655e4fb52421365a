package dev.thaw.flinkjobs.ends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.coalescing.Coalescing;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
