package dev.thaw.flinkjobs.itemstatistics;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.rating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.Collected;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestImpressions;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Flink. */
@Timeout(120)
class ItemStatisticsTest {
  private static final Duration LATENESS = Duration.ofHours(1);
  private static final EntityKey M1 = EntityKey.of("item_id", "m1");

  @TempDir Path folder;
  private final Collected<ItemFlag> flags = new Collected<>();

  private JobRun run(List<Event> events) throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    new ItemStatistics(
            FeatureDefinitions.shipped(),
            DomainDefinitions.shipped(),
            LATENESS,
            Duration.ofMillis(100))
        .build(
            run.events(events),
            run.noErasures(),
            run.impressions(
                List.of(
                    TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2"),
                    TestImpressions.shown("r1", "u1", Duration.ZERO, "m1", "m2"),
                    TestImpressions.shown("r2", "u2", Duration.ofMinutes(1), "m1"))),
            run.nothing(Change.type(StreamTypes.USER_SEGMENT)),
            run.store,
            flags,
            run.deadLetters);
    run.env.execute();
    return run;
  }

  @Test
  void countsEachEventAndEachShowingOnceAndNamesLateOnes() throws Exception {
    JobRun run =
        run(
            List.of(
                click("e1", "u1", "m1", Duration.ofMinutes(1)),
                click("e1", "u1", "m1", Duration.ofMinutes(1)),
                rating("e2", "u2", "m1", 5, Duration.ofMinutes(2)),
                click("e3", "u1", "m2", Duration.ofHours(3)),
                click("late", "u1", "m1", Duration.ofMinutes(30))));
    FeatureRow row = run.rows("item_statistics").get(M1);
    assertThat(row.get("impressions")).contains(new FeatureValue.Int64(2));
    assertThat(row.get("interactions")).contains(new FeatureValue.Int64(2));
    assertThat(row.get("clicks")).contains(new FeatureValue.Int64(1));
    assertThat(row.get("rating_count")).contains(new FeatureValue.Int64(1));
    assertThat(row.get("cold")).contains(new FeatureValue.Bool(true));
    assertThat(row.eventTime()).isEqualTo(TestEvents.at(Duration.ofMinutes(2)));
    assertThat(run.deadLetters.all())
        .singleElement()
        .satisfies(letter -> assertThat(letter.input()).contains("\"late\""))
        .satisfies(letter -> assertThat(letter.rejection().reason()).startsWith("late: "));
    assertThat(flags.all()).isEmpty();
  }

  @Test
  void popularityRanksByDecayedInteractionsWhateverTheOrderOfArrival() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      events.add(click("a" + i, "u" + i, "m1", Duration.ofMinutes(i)));
      if (i < 3) {
        events.add(click("b" + i, "u" + i, "m2", Duration.ofMinutes(10 + i)));
      }
    }
    FeatureRow inOrder = everyone(run(events));
    Collections.reverse(events);
    FeatureRow reversed = everyone(run(events));
    assertThat(inOrder.get("item_ids")).contains(new FeatureValue.Texts(List.of("m1", "m2")));
    assertThat(reversed.get("item_ids")).isEqualTo(inOrder.get("item_ids"));
    assertThat(reversed.eventTime()).isEqualTo(inOrder.eventTime());
  }

  private static FeatureRow everyone(JobRun run) {
    Map<EntityKey, FeatureRow> rows = run.rows("popularity");
    return rows.get(EntityKey.of("domain", "movies", "segment", "*"));
  }

  @Test
  void anItemThatBecomesWarmIsFlaggedOnce() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      events.add(click("e" + i, "u" + i, "m1", Duration.ofMinutes(i)));
    }
    JobRun run = run(events);
    assertThat(flags.all())
        .singleElement()
        .satisfies(flag -> assertThat(flag.cold()).isFalse())
        .satisfies(flag -> assertThat(flag.itemId().value()).isEqualTo("m1"));
    assertThat(run.rows("item_statistics").get(M1).get("cold"))
        .contains(new FeatureValue.Bool(false));
  }
}
