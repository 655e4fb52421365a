package dev.thaw.flinkjobs.armposteriors;

import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestImpressions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Flink: a reward window of half an hour, an hour of lateness. */
@Timeout(120)
class ArmPosteriorsTest {
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

  private JobRun run(List<Event> events) throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    new ArmPosteriors(
            FeatureDefinitions.shipped(),
            DomainDefinitions.shipped(),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofMillis(100))
        .build(
            run.events(events),
            run.noErasures(),
            run.impressions(
                List.of(
                    TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2"),
                    TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2"),
                    TestImpressions.shown("r2", "u1", Duration.ofMinutes(1), "m1"),
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
    assertThat(run.deadLetters.all()).isEmpty();
  }

  @Test
  void rewardsThatCannotBeJoinedAreNamed() throws Exception {
    JobRun run =
        run(
            List.of(
                answered("stray", "r9", "m1", Duration.ofMinutes(5)),
                answered("unseen", "r1", "m7", Duration.ofMinutes(6)),
                answered("after", "r2", "m1", Duration.ofMinutes(40))));
    assertArm(run, "m1", 2, 0);
    assertThat(run.deadLetters.all())
        .extracting(letter -> letter.input().replaceAll(".*event_id\":\"(\\w+)\".*", "$1"))
        .containsExactlyInAnyOrder("stray", "unseen", "after");
  }
}
