package dev.thaw.flinkjobs.itemstatistics;

import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.Change;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SegmentJoinTest {
  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Event, Change<UserSegment>, SegmentInteraction>
      harness() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new SegmentJoin()),
            (Event event) -> event.userId().value(),
            SegmentKeys::userOf,
            Types.STRING);
    harness.open();
    return harness;
  }

  private static Change<UserSegment> segment(String name) {
    UserSegment segment =
        new UserSegment(UserId.of("u1"), TestEvents.MOVIES, name, TestEvents.START);
    return new Change<>(segment.key(), segment);
  }

  private static List<String> seen(
      KeyedTwoInputStreamOperatorTestHarness<String, Event, Change<UserSegment>, SegmentInteraction>
          harness) {
    List<String> seen =
        harness.extractOutputValues().stream()
            .map(each -> each.segment() + " " + each.itemId())
            .toList();
    harness.getOutput().clear();
    return seen;
  }

  @Test
  void whatCameBeforeTheFirstSegmentCountsForItOnceAndLaterForTheOneOfTheMoment() throws Exception {
    try (var harness = harness()) {
      harness.processElement1(click("e1", "u1", "m1", Duration.ZERO), 0);
      harness.processElement1(click("e2", "u2", "m9", Duration.ZERO), 0);
      assertThat(seen(harness)).containsExactly("* m1", "* m9");
      harness.processElement2(segment("young"), 0);
      assertThat(seen(harness)).containsExactly("young m1");
      harness.processElement2(segment("old"), 0);
      assertThat(seen(harness)).as("counted already").isEmpty();
      harness.processElement1(click("e3", "u1", "m2", Duration.ofMinutes(1)), 0);
      assertThat(seen(harness)).containsExactly("* m2", "old m2");
      harness.processElement2(segment("*"), 0);
      harness.processElement1(click("e4", "u1", "m3", Duration.ofMinutes(2)), 0);
      assertThat(seen(harness)).as("everyone once").containsExactly("* m3");
    }
  }

  @Test
  void nothingIsKeptOfAnonymousSessions() throws Exception {
    try (var harness = harness()) {
      harness.processElement1(click("e1", "session:s1", "m1", Duration.ZERO), 0);
      assertThat(seen(harness)).containsExactly("* m1");
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void whatWaitsIsBoundedAndForgottenOnceItHasDecayedOrTheUserIsDeleted() throws Exception {
    try (var harness = harness()) {
      for (int i = 0; i < SegmentJoin.MAX_WAITING + 5; i++) {
        harness.processElement1(click("e" + i, "u1", "m" + i, Duration.ofSeconds(i)), 0);
      }
      seen(harness);
      harness.processElement2(segment("young"), 0);
      assertThat(seen(harness)).hasSize(SegmentJoin.MAX_WAITING).doesNotContain("young m4");

      harness.processElement1(click("a", "u2", "m1", Duration.ofDays(1)), 0);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processBothWatermarks(
          new org.apache.flink.streaming.api.watermark.Watermark(
              TestEvents.millis(Duration.ofDays(3650))));
      harness.processElement2(new Change<>("u1/movies", null), 0);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}
