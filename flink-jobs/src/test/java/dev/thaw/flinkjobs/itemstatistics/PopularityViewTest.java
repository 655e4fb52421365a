package dev.thaw.flinkjobs.itemstatistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PopularityViewTest {
  private static final ViewKeys KEYS = ViewKeys.of(List.of("domain", "segment"));
  private static final Duration TIME_TO_LIVE = Duration.ofDays(3650);
  private static final Duration LONG_AFTER = SegmentJoin.KEPT.multipliedBy(2);

  private static KeyedOneInputStreamOperatorTestHarness<String, SegmentInteraction, ViewRow>
      harness() throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            Folds.operator(
                new PopularityViewFold(KEYS, TIME_TO_LIVE),
                StateTypes.POPULAR_ITEMS,
                Duration.ofSeconds(1)),
            (SegmentInteraction in) -> KEYS.join(in.domain(), in.segment()),
            Types.STRING);
    harness.setup(StreamTypes.VIEW_ROW.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }

  private static SegmentInteraction in(String segment, Duration offset) {
    return new SegmentInteraction("movies", segment, "m1", TestEvents.millis(offset));
  }

  private static void assertGone(List<ViewRow> rows, String segment) {
    ViewRow last = rows.get(rows.size() - 1);
    assertThat(last.isDeletion()).isTrue();
    assertThat(last.row().key()).isEqualTo(EntityKey.of("domain", "movies", "segment", segment));
  }

  @Test
  void aListThatHasDecayedGoesFromStateAndStore() throws Exception {
    try (var harness = harness()) {
      harness.processElement(in("group=3@abc", Duration.ZERO), 0);
      harness.setProcessingTime(1_000);
      assertThat(harness.extractOutputValues()).singleElement().matches(row -> !row.isDeletion());
      harness.processWatermark(TestEvents.millis(LONG_AFTER));
      harness.setProcessingTime(2_000);
      assertGone(harness.extractOutputValues(), "group=3@abc");
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aListThatOnlyOldInteractionsReachStaysGone() throws Exception {
    try (var harness = harness()) {
      harness.processWatermark(TestEvents.millis(LONG_AFTER));
      harness.processElement(in("group=3@abc", Duration.ZERO), 0);
      harness.setProcessingTime(1_000);
      assertGone(harness.extractOutputValues(), "group=3@abc");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aListThatGoesOnAndThatOfTheWholeDomainStay() throws Exception {
    try (var harness = harness()) {
      harness.processElement(in("group=3@abc", Duration.ZERO), 0);
      harness.processElement(in("*", Duration.ZERO), 0);
      harness.setProcessingTime(1_000);
      harness.processElement(in("group=3@abc", LONG_AFTER), 0);
      harness.setProcessingTime(2_000);
      harness.processWatermark(TestEvents.millis(LONG_AFTER));
      harness.setProcessingTime(3_000);
      assertThat(harness.extractOutputValues()).hasSize(3).noneMatch(ViewRow::isDeletion);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      assertThat(harness.numEventTimeTimers()).isLessThan(10);
    }
  }
}
