package dev.thaw.flinkjobs.keyed;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.millis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
  private static final Duration LATENESS = Duration.ofHours(1);

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness()
      throws Exception {
    var fold =
        new DeduplicationFold<>(
            "user-features",
            RecordKind.EVENT,
            LATENESS,
            new DeduplicationFold.Identity<Event>() {
              @Override
              public EventId id(Event event) {
                return event.eventId();
              }

              @Override
              public Instant time(Event event) {
                return event.time();
              }
            },
            WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT));
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            Folds.operator(fold, StateTypes.SEEN_EVENTS, Duration.ofSeconds(1)),
            (Event event) -> event.userId().value(),
            Types.STRING);
    harness.getExecutionConfig().enableObjectReuse();
    harness.setup(
        StreamTypes.EVENT.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  @Test
  void anEventPassesOnceAndAtOnce() throws Exception {
    Event event = click("e1", "u1", "m1", Duration.ZERO);
    try (var harness = harness()) {
      harness.open();
      harness.processElement(event, event.timeMillis());
      harness.processElement(event, event.timeMillis());
      assertThat(harness.extractOutputValues()).containsExactly(event);
    }
  }

  @Test
  void lateEventsGoToTheDeadLettersWithInputAndReason() throws Exception {
    Event late = click("e1", "u1", "m1", Duration.ZERO);
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(millis(LATENESS) + 1);
      harness.processElement(late, late.timeMillis());
      assertThat(harness.extractOutputValues()).isEmpty();
      DeadLetter letter = harness.getSideOutput(Folds.REJECTED).remove().getValue();
      assertThat(letter.source()).isEqualTo("user-features/event");
      assertThat(letter.kind()).hasValue(RecordKind.EVENT);
      assertThat(letter.rejection().field()).isEqualTo("time");
      assertThat(letter.rejection().reason())
          .contains("late", TestEvents.at(Duration.ofMillis(1)).toString());
      assertThat(
              WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT)
                  .read(letter.input(), TestEvents.at(Duration.ofDays(1)))
                  .orElseThrow())
          .isEqualTo(late);
    }
  }

  @Test
  void whatWasLateBeforeARestartIsLateAfterIt() throws Exception {
    Event late = click("e1", "u1", "m1", Duration.ZERO);
    OperatorSubtaskState checkpoint;
    try (var before = harness()) {
      before.open();
      before.processWatermark(millis(LATENESS) + 1);
      before.prepareSnapshotPreBarrier(1);
      checkpoint = before.snapshot(1, 1);
    }
    try (var after = harness()) {
      after.initializeState(checkpoint);
      after.open();
      after.processElement(late, late.timeMillis());
      assertThat(after.extractOutputValues()).isEmpty();
      assertThat(after.getSideOutput(Folds.REJECTED)).hasSize(1);
    }
  }

  @Test
  void anEventWithinTheLatenessPasses() throws Exception {
    Event event = click("e1", "u1", "m1", Duration.ZERO);
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(millis(LATENESS) - 1);
      harness.processElement(event, event.timeMillis());
      assertThat(harness.extractOutputValues()).containsExactly(event);
    }
  }

  @Test
  void idsAreForgottenWhenNoEventWithThemCanPass() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 100; i++) {
        Event event = click("e" + i, "u" + i % 4, "m1", Duration.ofMinutes(i));
        harness.processElement(event, event.timeMillis());
      }
      harness.setProcessingTime(1_000);
      harness.processWatermark(millis(Duration.ofMinutes(100)));
      harness.setProcessingTime(2_000);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(4);
      assertThat(harness.numEventTimeTimers()).isLessThan(20);
      harness.processWatermark(millis(Duration.ofHours(6)));
      harness.setProcessingTime(3_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void restoredAnywhereNothingPassesTwice() throws Exception {
    List<Event> events = TestEvents.mixed(30, 5);
    List<Event> expected = new ArrayList<>(new LinkedHashSet<>(events));
    for (int position = 0; position <= events.size(); position++) {
      List<Event> passed = new ArrayList<>();
      OperatorSubtaskState checkpoint;
      try (var before = harness()) {
        before.open();
        for (Event event : events.subList(0, position)) {
          before.processElement(event, event.timeMillis());
        }
        before.prepareSnapshotPreBarrier(1);
        checkpoint = before.snapshot(1, 1);
        passed.addAll(before.extractOutputValues());
      }
      try (var after = harness()) {
        after.initializeState(checkpoint);
        after.open();
        for (Event event : events.subList(position, events.size())) {
          after.processElement(event, event.timeMillis());
        }
        passed.addAll(after.extractOutputValues());
      }
      assertThat(passed).as("restored at %d", position).isEqualTo(expected);
    }
  }
}
