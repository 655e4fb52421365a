package dev.thaw.flinkjobs.userfeatures;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.event;
import static dev.thaw.flinkjobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.flinkjobs.LettersEncoder;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingViewTest {
  private static final Duration LATENESS = Duration.ofHours(1);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);

  private final FeatureDefinitions features = FeatureDefinitions.shipped();

  @TempDir Path folder;
  private StateBackend backend = new HashMapStateBackend();

  private KeyedOneInputStreamOperatorTestHarness<String, EnrichedEvent, ViewRow> harness(
      FeatureDefinitions definitions, String view) throws Exception {
    ViewKeys keys = ViewKeys.ofEvents(definitions.joinKeys(definitions.view(view)));
    var fold = new RollingViewFold(view, definitions, DomainDefinitions.shipped(), keys, LATENESS);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            Folds.operator(fold, StateTypes.ROLLING, INTERVAL),
            (EnrichedEvent enriched) -> keys.textOf(enriched.event()),
            Types.STRING);
    harness.getExecutionConfig().enableObjectReuse();
    harness.setStateBackend(backend);
    harness.setup(
        StreamTypes.VIEW_ROW.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private static void add(
      KeyedOneInputStreamOperatorTestHarness<String, EnrichedEvent, ViewRow> harness, Event event)
      throws Exception {
    harness.processElement(new EnrichedEvent(event, null), event.timeMillis());
  }

  @Test
  void aCountFallsBackToZeroWhenOnlyTheClockGoesOn() throws Exception {
    try (var harness = harness(features, "user_activity")) {
      harness.open();
      add(harness, click("e1", "u1", "m1", Duration.ZERO));
      harness.setProcessingTime(100);
      assertThat(newest(harness.extractOutputValues()))
          .satisfies(row -> assertThat(row.get("events_1h")).contains(new FeatureValue.Int64(1)))
          .satisfies(row -> assertThat(row.eventTime()).isEqualTo(TestEvents.START));

      harness.processWatermark(millis(HOUR) - 1);
      assertThat(newest(harness.extractOutputValues()).get("events_1h"))
          .contains(new FeatureValue.Int64(1));
      harness.processWatermark(millis(HOUR));
      harness.setProcessingTime(1000);
      FeatureRow silent = newest(harness.extractOutputValues());
      assertThat(silent.get("events_1h")).contains(new FeatureValue.Int64(0));
      assertThat(silent.get("events_24h")).contains(new FeatureValue.Int64(1));
      assertThat(silent.eventTime()).isEqualTo(TestEvents.at(HOUR));
    }
  }

  @Test
  void aVectorThatComesLaterGoesIntoTheTasteAndCountsNothingTwice() throws Exception {
    Event event = click("e1", "u1", "m1", Duration.ZERO);
    Embedding vector = LettersEncoder.encode("Heat").orElseThrow();
    FeatureRow together = lastRow(new EnrichedEvent(event, vector));
    FeatureRow apart =
        lastRow(new EnrichedEvent(event, null), EnrichedEvent.correction(event, vector));
    assertThat(apart).isEqualTo(together);
    assertThat(apart.get("interactions_1h")).contains(new FeatureValue.Int64(1));
    assertThat(apart.get("taste")).contains(FeatureValue.Float32s.copyOf(vector.toArray()));
  }

  private FeatureRow lastRow(EnrichedEvent... events) throws Exception {
    try (var harness = harness(features, "user_domain_activity")) {
      harness.open();
      for (EnrichedEvent event : events) {
        harness.processElement(event, event.event().timeMillis());
        harness.setProcessingTime(harness.getProcessingTime() + 1_000);
      }
      return newest(harness.extractOutputValues());
    }
  }

  @Test
  void rowsOfAKeyAreCoalesced() throws Exception {
    try (var harness = harness(features, "user_activity")) {
      harness.open();
      for (int i = 0; i < 50; i++) {
        add(harness, click("e" + i, "u1", "m1", Duration.ofSeconds(i)));
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(100);
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(newest(harness.extractOutputValues()).get("events_1h"))
          .contains(new FeatureValue.Int64(50));
    }
  }

  @Test
  void rowsLeaveBeforeTheBarrierOfACheckpoint() throws Exception {
    try (var harness = harness(features, "user_activity")) {
      harness.open();
      add(harness, click("e1", "u1", "m1", Duration.ZERO));
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void aLateCorrectionHasTheTimeOfTheRowItReplaces() throws Exception {
    try (var harness = harness(features, "user_activity")) {
      harness.open();
      add(harness, click("e1", "u1", "m1", Duration.ofMinutes(30)));
      harness.processWatermark(millis(Duration.ofMinutes(30)));
      add(harness, click("e2", "u1", "m1", Duration.ofMinutes(10)));
      harness.setProcessingTime(1000);
      FeatureRow row = newest(harness.extractOutputValues());
      assertThat(row.get("events_1h")).contains(new FeatureValue.Int64(2));
      assertThat(row.eventTime()).isEqualTo(TestEvents.at(Duration.ofMinutes(30)));
    }
  }

  @Test
  void anEventThatIsLateBehindAnEmptiedKeyStillReachesTheStore() throws Exception {
    try (var harness = harness(features, "user_domain_activity")) {
      harness.open();
      add(harness, event("e1", "u1", "m1", EventType.VIEW, Duration.ofMinutes(30)));
      harness.processWatermark(millis(Duration.ofMinutes(30)));
      add(harness, click("e2", "u1", "m1", Duration.ofMinutes(29)));
      harness.setProcessingTime(1000);
      FeatureRow row = newest(harness.extractOutputValues());
      assertThat(row.get("interactions_1h")).contains(new FeatureValue.Int64(1));
      assertThat(row.eventTime()).isEqualTo(TestEvents.at(Duration.ofMinutes(30)));
    }
  }

  @Test
  void stateEmpties() throws Exception {
    try (var harness = harness(features, "user_domain_activity")) {
      harness.open();
      for (Event event : TestEvents.mixed(60, 3)) {
        add(harness, event);
      }
      harness.setProcessingTime(100);
      harness.processWatermark(millis(Duration.ofDays(1)));
      harness.setProcessingTime(200);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(3);
      harness.processWatermark(millis(Duration.ofDays(200)));
      harness.setProcessingTime(300);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(newest(harness.extractOutputValues()).get("items_30d"))
          .contains(new FeatureValue.Int64(0));
    }
  }

  @Test
  void theRowOfASilentSessionGoesAndThatOfAUserStays() throws Exception {
    for (String user : List.of("u1", UserId.ofSession("s1").value())) {
      try (var harness = harness(features, "user_activity")) {
        harness.open();
        add(harness, click("e1", user, "m1", Duration.ZERO));
        harness.setProcessingTime(100);
        assertThat(harness.extractOutputValues()).noneMatch(ViewRow::isDeletion);
        harness.processWatermark(millis(Duration.ofDays(200)));
        harness.setProcessingTime(200);
        List<ViewRow> rows = harness.extractOutputValues();
        assertThat(rows.get(rows.size() - 1).isDeletion()).isEqualTo(UserId.isSession(user));
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }
  }

  @Test
  void restoredAnywhereEqualsUninterruptedOnHeapAndOnRocksDb() throws Exception {
    List<Event> events = TestEvents.mixed(40, 11);
    Map<EntityKey, FeatureRow> expected = run(events, -1);
    assertThat(expected).hasSize(3);
    for (int position = 0; position < events.size(); position++) {
      assertThat(run(events, position)).as("restored at %d", position).isEqualTo(expected);
    }
    backend = new EmbeddedRocksDBStateBackend();
    for (int position : new int[] {-1, 0, 17, 39}) {
      assertThat(run(events, position)).as("on RocksDB at %d", position).isEqualTo(expected);
    }
  }

  /** The newest row of each key, of a job that fails at the position and replays from before. */
  private Map<EntityKey, FeatureRow> run(List<Event> events, int failure) throws Exception {
    Map<EntityKey, FeatureRow> store = new HashMap<>();
    var harness = harness(features, "user_domain_activity");
    try {
      harness.open();
      int checkpointed = 0;
      OperatorSubtaskState checkpoint = null;
      for (int i = 0; i < events.size(); i++) {
        if (failure >= 0 && i == Math.max(0, failure - 3)) {
          harness.prepareSnapshotPreBarrier(1);
          checkpoint = harness.snapshot(1, i);
          checkpointed = i;
        }
        feed(harness, events.get(i), i);
        if (i == failure) {
          harness.setProcessingTime(i * 50L + 200);
          put(store, harness.extractOutputValues());
          harness.close();
          harness = harness(features, "user_domain_activity");
          harness.initializeState(checkpoint);
          harness.open();
          for (int again = checkpointed; again <= i; again++) {
            feed(harness, events.get(again), again);
          }
        }
      }
      harness.prepareSnapshotPreBarrier(2);
      harness.processWatermark(millis(Duration.ofHours(8)));
      harness.prepareSnapshotPreBarrier(3);
      put(store, harness.extractOutputValues());
      return store;
    } finally {
      harness.close();
    }
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, EnrichedEvent, ViewRow> harness,
      Event event,
      int position)
      throws Exception {
    add(harness, event);
    harness.setProcessingTime(position * 50L);
    if (position % 7 == 6) {
      harness.processWatermark(event.timeMillis() - Duration.ofMinutes(40).toMillis());
    }
  }

  private static void put(Map<EntityKey, FeatureRow> store, List<ViewRow> rows) {
    for (ViewRow row : rows) {
      store.merge(
          row.row().key(),
          row.row(),
          (before, after) -> after.eventTime().isBefore(before.eventTime()) ? before : after);
    }
  }

  @Test
  void aFeatureAddedToTheFileStartsEmptyAndTheOthersGoOn() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var harness = harness(features, "user_activity")) {
      harness.open();
      add(harness, click("e1", "u1", "m1", Duration.ZERO));
      harness.prepareSnapshotPreBarrier(1);
      checkpoint = harness.snapshot(1, 1);
    }
    String before = "      - {name: events_24h,";
    String added =
        "      - {name: clicks_2h, type: INT64, aggregate: count, types: [click], window: 2h,"
            + " description: Clicks of two hours}\n";
    Path changed = folder.resolve("features.yaml");
    Files.writeString(changed, shippedText().replace(before, added + before));
    try (var harness = harness(FeatureDefinitions.load(changed), "user_activity")) {
      harness.initializeState(checkpoint);
      harness.open();
      add(harness, click("e2", "u1", "m1", Duration.ofMinutes(1)));
      harness.setProcessingTime(1000);
      FeatureRow row = newest(harness.extractOutputValues());
      assertThat(row.get("events_1h")).contains(new FeatureValue.Int64(2));
      assertThat(row.get("clicks_2h")).contains(new FeatureValue.Int64(1));
    }
  }

  @Test
  void aBusyKeyOfAViewWithoutWindowsSetsAHandfulOfTimersAndIsForgottenAllTheSame()
      throws Exception {
    String view =
        """
          - name: user_ever
            entities: [user]
            ttl: 90d
            writer: user-features
            owner: me
            description: What a user ever did
            features:
              - {name: events, type: INT64, aggregate: count, description: Events}

        """;
    String before = "  - name: user_history\n";
    Path changed = folder.resolve("features.yaml");
    Files.writeString(changed, shippedText().replace(before, view + before));
    for (StateBackend each :
        List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())) {
      backend = each;
      try (var harness = harness(FeatureDefinitions.load(changed), "user_ever")) {
        harness.open();
        for (int i = 0; i < 1_000; i++) {
          add(harness, click("e" + i, "u1", "m1", Duration.ofMinutes(i)));
          harness.setProcessingTime(200L * (i + 1));
        }
        assertThat(newest(harness.extractOutputValues()).get("events"))
            .contains(new FeatureValue.Int64(1_000));
        assertThat(harness.numEventTimeTimers()).isLessThanOrEqualTo(10);
        harness.processWatermark(millis(Duration.ofDays(200)));
        harness.setProcessingTime(1_000_000);
        assertThat(newest(harness.extractOutputValues()).get("events"))
            .contains(new FeatureValue.Int64(0));
        assertThat(harness.numEventTimeTimers()).isZero();
      }
    }
  }

  private static String shippedText() throws Exception {
    try (var in = FeatureDefinitions.class.getResourceAsStream("/features.yaml")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static FeatureRow newest(List<ViewRow> rows) {
    return rows.get(rows.size() - 1).row();
  }
}
