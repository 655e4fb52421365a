package dev.thaw.flinkjobs.armposteriors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.linear.LinearRow;
import dev.thaw.models.bandit.linear.LinearSums;
import dev.thaw.models.statistics.SettledSlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LinearViewFoldTest {
  private static final Duration WINDOW = Duration.ofHours(2);
  private static final Assignment BOLDER = new Assignment("floors", "bolder");

  private static KeyedTwoInputStreamOperatorTestHarness<String, SettledSlot, Signal, ViewRow>
      harness() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            Folds.operatorWithSignals(
                new LinearViewFold(DomainDefinitions.shipped(), Duration.ofDays(90)),
                StateTypes.LINEAR_CELLS,
                Duration.ofMillis(100),
                WINDOW.plusHours(1)),
            (SettledSlot slot) -> slot.itemId().value(),
            (Signal none) -> "",
            Types.STRING);
    harness.setup(StreamTypes.VIEW_ROW.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static SettledSlot slot(
      String item,
      Assignment assignment,
      String reward,
      double amount,
      int minute,
      String space,
      Float... features) {
    Duration shown = Duration.ofMinutes(minute);
    return new SettledSlot(
        RequestId.of("r" + minute),
        TestEvents.MOVIES,
        ItemId.of(item),
        0,
        "bandit",
        0.5,
        reward,
        amount,
        TestEvents.millis(shown),
        TestEvents.millis(shown.plus(WINDOW)),
        assignment,
        new DecisionFeatures(space, List.of(features)));
  }

  private static SettledSlot slot(
      String item, double amount, int minute, String space, Float... features) {
    return slot(item, Assignment.NONE, "positive", amount, minute, space, features);
  }

  /** Of two items, two configurations and two spaces that follow each other. */
  private static List<SettledSlot> slots(int many) {
    SplittableRandom random = new SplittableRandom(8);
    List<SettledSlot> slots = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      slots.add(
          slot(
              "m" + random.nextInt(2),
              random.nextInt(3) == 0 ? BOLDER : Assignment.NONE,
              "positive",
              random.nextInt(2),
              i,
              i < many / 2 ? "first" : "second",
              1f,
              (float) random.nextGaussian(),
              (float) random.nextGaussian()));
    }
    return slots;
  }

  /** The newest row of each item, of a job that fails at the position and replays from before. */
  private static Map<EntityKey, FeatureRow> run(
      List<SettledSlot> slots, int failure, boolean onDisk) throws Exception {
    Map<EntityKey, FeatureRow> store = new HashMap<>();
    var harness = opened(null, onDisk);
    OperatorSubtaskState checkpoint = null;
    int from = Math.max(0, failure - 3);
    for (int i = 0; i < slots.size(); i++) {
      if (i == from) {
        harness.prepareSnapshotPreBarrier(1);
        checkpoint = harness.snapshot(1, i);
      }
      harness.processElement1(slots.get(i), 0);
      if (i == failure) {
        harness.prepareSnapshotPreBarrier(2);
        put(store, harness.extractOutputValues());
        harness.close();
        harness = opened(checkpoint, onDisk);
        for (int again = from; again <= i; again++) {
          harness.processElement1(slots.get(again), 0);
        }
      }
    }
    harness.prepareSnapshotPreBarrier(3);
    put(store, harness.extractOutputValues());
    harness.close();
    return store;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, SettledSlot, Signal, ViewRow>
      opened(OperatorSubtaskState checkpoint, boolean onDisk) throws Exception {
    var harness = harness();
    if (onDisk) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    }
    if (checkpoint != null) {
      harness.initializeState(checkpoint);
    }
    harness.open();
    return harness;
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
  void restoredAnywhereEqualsUninterruptedOnHeapAndOnRocksDb() throws Exception {
    List<SettledSlot> slots = slots(30);
    Map<EntityKey, FeatureRow> expected = run(slots, -1, false);
    assertThat(expected).hasSize(2);
    for (int position = 0; position < slots.size(); position++) {
      assertThat(run(slots, position, false)).as("restored at %d", position).isEqualTo(expected);
    }
    for (int position : new int[] {-1, 17}) {
      assertThat(run(slots, position, true)).as("on RocksDB at %d", position).isEqualTo(expected);
    }
  }

  @Test
  void theOrderOfArrivalMattersWithinRoundingOnly() throws Exception {
    List<SettledSlot> slots = slots(60);
    Map<EntityKey, FeatureRow> expected = run(slots, -1, false);
    List<SettledSlot> shuffled = new ArrayList<>(slots);
    Collections.shuffle(shuffled, new Random(3));
    run(shuffled, -1, false)
        .forEach(
            (key, row) -> {
              List<LinearRow.Cell> actual = LinearRow.read(row).cells();
              List<LinearRow.Cell> wanted = LinearRow.read(expected.get(key)).cells();
              assertThat(actual)
                  .extracting(LinearRow.Cell::name, LinearRow.Cell::space)
                  .containsExactly(
                      tuple("*:positive", "first"),
                      tuple("*:positive", "second"),
                      tuple("floors/bolder:positive", "first"),
                      tuple("floors/bolder:positive", "second"));
              for (int i = 0; i < actual.size(); i++) {
                LinearSums sums = wanted.get(i).sums();
                assertThat(actual.get(i).sums().gram()).containsExactly(sums.gram(), offset(1e-5));
                assertThat(actual.get(i).sums().moment())
                    .containsExactly(sums.moment(), offset(1e-5));
              }
            });
  }

  @Test
  void whatCannotBeLearnedFromIsRefusedWithTheReasonAndTheRestGoesOn() throws Exception {
    try (var harness = opened(null, false)) {
      harness.processElement1(slot("m1", 1, 1, "s", 1f, 2f), 0);
      harness.processElement1(slot("m1", 1, 2, "s", 1f, 2f, 3f), 0);
      harness.processElement1(
          slot("m1", 1, 3, "s", Collections.nCopies(66, 1f).toArray(new Float[0])), 0);
      harness.processElement1(slot("m1", Assignment.NONE, "spend", 1, 4, "s", 1f, 2f), 0);
      harness.processElement1(slot("m1", 0, 5, "s", 1f, 0f), 0);
      harness.prepareSnapshotPreBarrier(1);
      ViewRow row = harness.extractOutputValues().get(0);
      LinearRow.Cell cell = LinearRow.read(row.row()).cells().get(0);
      assertThat(row.view()).isEqualTo("arm_linear");
      assertThat(cell.sums().impressions()).isEqualTo(2);
      assertThat(cell.sums().gram()).containsExactly(2, 2, 4);
      assertThat(cell.sums().moment()).containsExactly(1, 2);
      assertThat(harness.getSideOutput(Folds.REJECTED))
          .extracting(StreamRecord::getValue)
          .extracting(letter -> letter.rejection().reason())
          .containsExactly(
              "features of s must be 2 as those before, were 3",
              "features must be in [1, 65], were 66");
      assertThat(harness.getSideOutput(Folds.REJECTED).peek().getValue())
          .extracting(DeadLetter::source, DeadLetter::job)
          .containsExactly("arm-posteriors/arm_linear", "arm-posteriors");
    }
  }

  @Test
  void anErasedItemLosesItsRowAndSlotsFromBeforeItLeaveNothing() throws Exception {
    try (var harness = opened(null, false)) {
      harness.processElement1(slot("m1", 1, 0, "s", 1f), 0);
      harness.processElement2(Signal.erased("m1", TestEvents.millis(Duration.ofMinutes(1))), 0);
      harness.processBothWatermarks(new Watermark(TestEvents.millis(WINDOW)));
      harness.processElement1(slot("m1", 1, 0, "s", 1f), 0);
      harness.prepareSnapshotPreBarrier(1);
      List<ViewRow> rows = harness.extractOutputValues();
      assertThat(rows).isNotEmpty();
      assertThat(rows.get(rows.size() - 1).isErasure()).isTrue();
      assertThat(rows).filteredOn(ViewRow::isDeletion).hasSize(1);
      harness.processElement1(slot("m1", 1, 2, "s", 3f), 0);
      harness.prepareSnapshotPreBarrier(2);
      rows = harness.extractOutputValues();
      LinearRow.Cell cell = LinearRow.read(rows.get(rows.size() - 1).row()).cells().get(0);
      assertThat(cell.sums().gram()).containsExactly(9);
      harness.processBothWatermarks(new Watermark(TestEvents.millis(Duration.ofDays(200))));
      harness.setProcessingTime(200);
      assertThat(harness.numKeyedStateEntries()).as("state goes with its time to live").isZero();
    }
  }
}
