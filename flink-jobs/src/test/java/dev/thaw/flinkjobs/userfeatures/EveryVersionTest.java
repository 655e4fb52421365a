package dev.thaw.flinkjobs.userfeatures;

import static dev.thaw.flinkjobs.TestEvents.at;
import static dev.thaw.flinkjobs.TestEvents.click;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A history that is read in one go leaves the rows that it left as it happened. */
@Timeout(120)
class EveryVersionTest {
  private static final Pace PACE = new Pace(Duration.ofMillis(100), true);

  @TempDir Path folder;

  @Test
  void whatChangedBetweenTwoEventsHasRowsToo() throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    new UserFeatures(
            FeatureDefinitions.shipped(), DomainDefinitions.shipped(), Duration.ofHours(1), PACE)
        .build(
            run.events(
                List.of(
                    click("e1", "u1", "m1", Duration.ZERO),
                    click("e2", "u1", "m2", Duration.ofMinutes(10)),
                    click("e3", "u1", "m3", Duration.ofHours(30)))),
            run.noErasures(),
            run.nothing(Change.type(StreamTypes.ITEM_VECTOR)),
            run.store,
            run.deadLetters);
    run.env.execute();

    Map<Instant, FeatureValue> counts =
        run.store.all().stream()
            .filter(row -> row.view().equals("user_activity"))
            .map(ViewRow::row)
            .collect(
                Collectors.toMap(
                    FeatureRow::eventTime,
                    row -> row.get("events_24h").orElseThrow(),
                    (before, after) -> after));

    assertThat(counts)
        .containsEntry(at(Duration.ZERO), count(1))
        .containsEntry(at(Duration.ofMinutes(10)), count(2))
        .containsEntry(at(Duration.ofMinutes(60)), count(2))
        .containsEntry(at(Duration.ofHours(24)), count(1))
        .containsEntry(at(Duration.ofHours(24).plusMinutes(10)), count(0))
        .containsEntry(at(Duration.ofHours(30)), count(1))
        .containsEntry(at(Duration.ofHours(31)), count(1))
        .containsEntry(at(Duration.ofHours(54)), count(0));
  }

  private static FeatureValue count(long count) {
    return new FeatureValue.Int64(count);
  }
}
