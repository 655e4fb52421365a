package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every online store promises about rows of different times: the newest stays. */
public abstract class NewestWinsContract extends OnlineReaderContract {
  @Test
  void equalTimesOverwriteAndOlderOnesNeverDo() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThat(store.write("profile", List.of(row(user("u"), NOON, "count", 1)))).isEqualTo(1);
      assertThat(store.write("profile", List.of(row(user("u"), NOON, "count", 2)))).isEqualTo(1);
      assertThat(store.write("profile", List.of(row(user("u"), NOON.minusSeconds(9), "count", 3))))
          .isZero();
      assertThat(read(store, "profile", user("u"))).contains(row(user("u"), NOON, "count", 2));
    }
  }

  @Test
  void oneMillisecondDecides() {
    FeatureRow newer = row(user("u"), NOON.plusMillis(501), "count", 501);
    for (Instant older : List.of(NOON.plusMillis(500), NOON, NOON.minusMillis(1))) {
      try (OnlineStore store = newPlace().open(SCHEMA)) {
        store.write("profile", List.of(newer));
        assertThat(store.write("profile", List.of(row(user("u"), older, "count", 1)))).isZero();
        assertThat(read(store, "profile", user("u"))).contains(newer);
      }
      try (OnlineStore store = newPlace().open(SCHEMA)) {
        store.write("profile", List.of(row(user("u"), older, "count", 1)));
        assertThat(store.write("profile", List.of(newer))).isEqualTo(1);
        assertThat(read(store, "profile", user("u"))).contains(newer);
      }
    }
  }

  @Test
  void timesBeforeAndAtTheEpochAreOrderedToo() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      long[] rising = {-5_000_000_000_001L, -1_000, -999, -1, 0, 1, 999, 1_000};
      for (long millis : rising) {
        FeatureRow row = row(user("u"), Instant.ofEpochMilli(millis), "count", millis);
        assertThat(store.write("profile", List.of(row))).as("%s ms", millis).isEqualTo(1);
        FeatureRow older = row(user("u"), Instant.ofEpochMilli(millis - 1), "count", 7);
        assertThat(store.write("profile", List.of(older))).as("before %s ms", millis).isZero();
        assertThat(read(store, "profile", user("u"))).contains(row);
      }
    }
  }

  @Test
  void withinABatchTheNewestWinsAndOfEquallyNewTheLast() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      int written =
          store.write(
              "profile",
              List.of(
                  row(user("a"), NOON.plusMillis(2), "count", 2),
                  row(user("a"), NOON, "count", 1),
                  row(user("b"), NOON, "count", 1),
                  row(user("b"), NOON, "count", 2)));
      assertThat(written).isEqualTo(2);
      assertThat(read(store, "profile", user("a")))
          .contains(row(user("a"), NOON.plusMillis(2), "count", 2));
      assertThat(read(store, "profile", user("b"))).contains(row(user("b"), NOON, "count", 2));
    }
  }

  @Test
  void concurrentWritersLeaveTheNewest() throws Exception {
    Place place = newPlace();
    int writers = 4;
    int versions = 60;
    int keys = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try (OnlineStore one = place.open(SCHEMA);
        OnlineStore two = place.open(SCHEMA)) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        OnlineStore store = w % 2 == 0 ? one : two;
        running.add(
            threads.submit(
                () -> {
                  for (int v = 0; v < versions; v++) {
                    // every writer goes through the versions in another order
                    int version = (v * 7 + writer * 13) % versions;
                    List<FeatureRow> rows = new ArrayList<>();
                    for (int k = 0; k < keys; k++) {
                      rows.add(row(user("u" + k), NOON.plusMillis(version), "count", version));
                    }
                    store.write("profile", rows);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
      for (int k = 0; k < keys; k++) {
        assertThat(read(one, "profile", user("u" + k)))
            .contains(row(user("u" + k), NOON.plusMillis(versions - 1), "count", versions - 1));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The writes of one key have distinct times, as one writer's frontier has. */
  @Property(tries = 40, seed = "7")
  void replayInAnyOrderEndsInTheSameRows(@ForAll("replays") List<FeatureRow> replay) {
    Map<EntityKey, FeatureRow> expected = new HashMap<>();
    for (FeatureRow row : replay) {
      expected.merge(row.key(), row, (a, b) -> b.eventTime().isBefore(a.eventTime()) ? a : b);
    }
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      for (int from = 0; from < replay.size(); from += 5) {
        store.write("profile", replay.subList(from, Math.min(from + 5, replay.size())));
      }
      expected.forEach((key, row) -> assertThat(read(store, "profile", key)).contains(row));
    }
  }

  @Provide
  Arbitrary<List<FeatureRow>> replays() {
    Arbitrary<FeatureRow> write =
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 2500))
            .as(
                (key, millis) -> {
                  // the row is a function of key and time: repetitions are true repetitions
                  Map<String, FeatureValue> features = new HashMap<>();
                  features.put("count", new FeatureValue.Int64(millis));
                  if (millis % 2 == 0) {
                    features.put("segment", new FeatureValue.Text("s" + millis));
                  }
                  return new FeatureRow(user("u" + key), features, NOON.plusMillis(millis));
                });
    return write
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .flatMap(
            writes -> {
              List<FeatureRow> twice = new ArrayList<>(writes);
              twice.addAll(writes);
              return Arbitraries.shuffle(twice);
            });
  }
}
