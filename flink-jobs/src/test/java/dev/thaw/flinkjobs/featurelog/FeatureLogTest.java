package dev.thaw.flinkjobs.featurelog;

import static dev.thaw.flinkjobs.TestEvents.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where rows come to lie; what is in the files is read back in {@link FeatureLogIT}. */
@Timeout(120)
class FeatureLogTest {
  @TempDir Path folder;

  @Test
  void rowsGoToTheStoreAndToTheDayOfTheirViewInTheLog() throws Exception {
    Path log = folder.resolve("log");
    JobRun run = new JobRun(folder, "hashmap");
    ViewRow first = row("user_activity", EntityKey.of("user_id", "u1"), Duration.ofHours(23));
    ViewRow second = row("user_activity", EntityKey.of("user_id", "u1"), Duration.ofHours(24));
    ViewRow gone = ViewRow.erasure("item_statistics", EntityKey.of("item_id", "i1"), 0);
    LoggedStore.write(
        run.env.fromData(List.of(first, second, gone), StreamTypes.VIEW_ROW),
        new LoggedStore(
            run.store, FeatureLog.in(log, FeatureDefinitions.shipped(), Clock.systemUTC())),
        "store");
    run.env.execute();

    assertThat(run.store.all()).containsExactly(first, second, gone);
    assertThat(folders(log))
        .containsExactlyInAnyOrder(
            "user_activity/dt=2026-03-01",
            "user_activity/dt=2026-03-02",
            "item_statistics/dt=1970-01-01");
  }

  private static ViewRow row(String view, EntityKey key, Duration time) {
    return new ViewRow(
        view, new FeatureRow(key, Map.of("events_1h", new FeatureValue.Int64(1)), at(time)));
  }

  /** One finished file in each. */
  private static List<String> folders(Path log) throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .map(file -> log.relativize(file.getParent()).toString())
          .toList();
    }
  }

  @Test
  void aStoreWithALogCannotBeWrittenWithoutIt() {
    LoggedStore store = new LoggedStore(new JobRun(folder, "hashmap").store, null);
    assertThatThrownBy(() -> store.createWriter(null)).hasMessageContaining("miss the feature log");
  }

  @Test
  void aFeatureNamedAsAColumnOfTheLogIsRefused() {
    for (String name : List.of("event_timestamp", "erased", "dt", "user_id")) {
      FeatureView view =
          new FeatureView(
              "mine",
              List.of("user"),
              Duration.ofDays(1),
              "user-features",
              "me",
              "",
              List.of(new FeatureDefinition(name, ValueType.INT64, "", null)));
      assertThatThrownBy(() -> LogColumns.of(view, List.of("user_id")))
          .hasMessageContaining("view mine")
          .hasMessageContaining("was " + name);
    }
  }
}
