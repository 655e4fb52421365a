package dev.thaw.flinkjobs.armposteriors;

import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestImpressions;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.linear.LinearRow;
import dev.thaw.models.statistics.ArmPosterior;
import dev.thaw.models.statistics.SettledSlot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Flink: a reward window of half an hour, an hour of lateness. */
@Timeout(120)
class ArmPosteriorsTest {
  private static final DecisionFeatures FIRST = new DecisionFeatures("stage", List.of(1f, 0.5f));
  private static final DecisionFeatures SECOND = new DecisionFeatures("stage", List.of(1f, 2f));

  @TempDir Path folder;

  private static Event answered(String id, String request, String item, Duration offset) {
    Event event = click(id, "u1", item, offset);
    return new Event(
        event.eventId(),
        event.userId(),
        event.itemId(),
        event.domain(),
        event.type(),
        event.value(),
        event.time(),
        Map.of(),
        RequestId.of(request),
        0,
        null);
  }

  private static ArmPosteriors job(Duration rewardWindow) {
    return new ArmPosteriors(
        FeatureDefinitions.shipped(),
        DomainDefinitions.shipped(),
        rewardWindow,
        Duration.ofHours(1),
        Duration.ofMillis(100));
  }

  private JobRun run(List<Event> events) throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    job(Duration.ofMinutes(30))
        .build(
            run.events(events),
            run.noErasures(),
            run.impressions(
                List.of(
                    TestImpressions.knowing(
                        FIRST, TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2")),
                    TestImpressions.knowing(
                        FIRST, TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2")),
                    TestImpressions.knowing(
                        SECOND, TestImpressions.shown("r2", "u1", Duration.ofMinutes(1), "m1")),
                    TestImpressions.shown("r3", "u1", Duration.ofMinutes(2), "m3", "m1"))),
            run.store,
            run.deadLetters);
    run.env.execute();
    return run;
  }

  private static void assertArm(JobRun run, String item, long impressions, double rewards) {
    Map<EntityKey, FeatureRow> rows = run.rows("arm_posterior");
    FeatureRow row = rows.get(EntityKey.of("item_id", item));
    assertThat(row.get("impressions")).contains(new FeatureValue.Int64(impressions));
    assertThat(row.get("rewards")).contains(new FeatureValue.Float64(rewards));
  }

  /** Once each of the requests whose policy looked at the user. */
  private static void assertLinear(JobRun run, double... moment) {
    Map<EntityKey, FeatureRow> rows = run.rows("arm_linear");
    assertThat(rows).containsOnlyKeys(EntityKey.of("item_id", "m1"));
    LinearRow.Cell cell = LinearRow.read(rows.get(EntityKey.of("item_id", "m1"))).cells().get(0);
    assertThat(cell.name()).isEqualTo("*:positive");
    assertThat(cell.space()).isEqualTo("stage");
    assertThat(cell.sums().impressions()).isEqualTo(2);
    assertThat(cell.sums().gram()).containsExactly(2, 2.5, 4.25);
    assertThat(cell.sums().moment()).containsExactly(moment);
  }

  @Test
  void aRewardCountsOnceAndSilenceCountsAsNone() throws Exception {
    JobRun run =
        run(
            List.of(
                answered("e1", "r1", "m1", Duration.ofMinutes(5)),
                answered("e1", "r1", "m1", Duration.ofMinutes(5)),
                answered("e2", "r1", "m1", Duration.ofMinutes(6))));
    assertArm(run, "m1", 2, 1);
    assertArm(run, "m3", 1, 0);
    assertThat(run.rows("arm_posterior"))
        .as("slots that were ranked teach nothing of arms")
        .doesNotContainKey(EntityKey.of("item_id", "m2"));
    assertLinear(run, 1, 0.5);
    assertThat(run.deadLetters.all()).isEmpty();
  }

  @Test
  void rewardsThatCannotBeJoinedAreKeptAsTheyCame() throws Exception {
    List<Event> useless =
        List.of(
            answered("stray", "r9", "m1", Duration.ofMinutes(5)),
            answered("unseen", "r1", "m7", Duration.ofMinutes(6)),
            answered("after", "r2", "m1", Duration.ofMinutes(40)));
    JobRun run = run(useless);
    assertArm(run, "m1", 2, 0);
    assertLinear(run, 0, 0);
    assertThat(run.deadLetters.all())
        .allSatisfy(letter -> assertThat(letter.kind()).hasValue(RecordKind.EVENT))
        .extracting(
            letter ->
                WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT)
                    .read(letter.input(), Instant.MAX)
                    .orElseThrow())
        .containsExactlyInAnyOrderElementsOf(useless);
  }

  @Test
  void aSlotFromBeforeAnErasureThatSettlesLongAfterItLeavesNothing() throws Exception {
    Duration window = Duration.ofHours(2);
    var fold = new PosteriorViewFold(DomainDefinitions.shipped(), Duration.ofDays(90));
    try (var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            Folds.operatorWithSignals(
                fold,
                TypeInformation.of(ArmPosterior.class),
                Duration.ofMillis(100),
                job(window).remembered()),
            (SettledSlot slot) -> slot.itemId().value(),
            (Signal none) -> "",
            Types.STRING)) {
      harness.setup(StreamTypes.VIEW_ROW.createSerializer(new SerializerConfigImpl()));
      harness.open();
      harness.processElement2(Signal.erased("m1", TestEvents.millis(Duration.ofMinutes(1))), 0);
      harness.processBothWatermarks(new Watermark(TestEvents.millis(window)));
      harness.processElement1(settled(Duration.ZERO, window), 0);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).allMatch(ViewRow::isDeletion);
      harness.processElement1(settled(Duration.ofMinutes(2), window), 0);
      harness.prepareSnapshotPreBarrier(2);
      assertThat(harness.extractOutputValues()).filteredOn(row -> !row.isDeletion()).hasSize(1);
    }
  }

  private static SettledSlot settled(Duration shown, Duration window) {
    return new SettledSlot(
        RequestId.of("r1"),
        TestEvents.MOVIES,
        ItemId.of("m1"),
        0,
        "bandit",
        0.5,
        "positive",
        1,
        TestEvents.millis(shown),
        TestEvents.millis(shown.plus(window)),
        Assignment.NONE,
        DecisionFeatures.NONE);
  }
}
