package dev.thaw.flinkjobs.histories;

import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
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

class HistoryViewTest {
  private static final String SESSION = UserId.ofSession("s1").value();
  private static final ViewKeys KEYS = ViewKeys.of(List.of("user_id", "domain"));

  @Test
  void aSilentSessionGoesFromStateAndStoreAndUsersStay() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            Folds.operator(
                new HistoryViewFold(
                    "user_history", Duration.ofDays(3650), DomainDefinitions.shipped(), KEYS),
                StateTypes.HISTORY,
                Duration.ofMillis(100)),
            (Event event) -> KEYS.textOf(event),
            Types.STRING)) {
      harness.setup(StreamTypes.VIEW_ROW.createSerializer(new SerializerConfigImpl()));
      harness.open();
      harness.processElement(click("e1", SESSION, "m1", Duration.ZERO), 0);
      harness.processElement(click("e2", "u1", "m1", Duration.ZERO), 0);
      harness.setProcessingTime(1_000);
      harness.processWatermark(TestEvents.millis(Duration.ofDays(6)));
      harness.setProcessingTime(2_000);
      assertThat(harness.extractOutputValues()).hasSize(2).noneMatch(ViewRow::isDeletion);
      harness.processWatermark(TestEvents.millis(Duration.ofDays(30)));
      harness.setProcessingTime(3_000);
      assertThat(harness.extractOutputValues())
          .filteredOn(ViewRow::isDeletion)
          .singleElement()
          .satisfies(
              row ->
                  assertThat(row.row().key())
                      .isEqualTo(EntityKey.of("user_id", SESSION, "domain", "movies")));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    }
  }
}
