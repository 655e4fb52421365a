package dev.thaw.featuredefinitions.feast;

import static dev.thaw.featuredefinitions.feast.ParityRows.FULL;
import static dev.thaw.featuredefinitions.feast.ParityRows.TIME;
import static dev.thaw.featuredefinitions.feast.ParityRows.keys;
import static dev.thaw.featuredefinitions.feast.ParityRows.nulls;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thaw and real Feast read what the other wrote, on SQLite, Redis and a Redis cluster: every value
 * type, every kind of key, nulls, rows that have expired, rows out of order, entities that are not
 * there; and what both wrote of one row is the same, byte for byte.
 */
class ParityIT {
  private static final Map<String, FeatureValue> LITTLE =
      nulls(Map.of("text", new FeatureValue.Text("😀"), "int64", new FeatureValue.Int64(0)));
  private static final Map<String, FeatureValue> OLDER =
      nulls(Map.of("text", new FeatureValue.Text("older")));
  private static final Map<String, FeatureValue> NEWER =
      nulls(Map.of("text", new FeatureValue.Text("newer")));
  private static final Instant LATER = TIME.plus(Duration.ofSeconds(7));
  private static final String USER = "Ünïcödé 日本語 😀👩‍🚀";

  @TempDir Path folder;

  @Test
  void eachReadsWhatTheOtherWroteAndTheBytesAreTheSame() throws Exception {
    FeastSession feast = FeastSession.in(folder);
    List<ParityStore> stores = ParityStore.all(folder);
    Map<ParityStore, Integer> read = new LinkedHashMap<>();
    for (ParityStore store : stores) {
      thawWrites(store);
      feast.add("apply", store.repo());
      feastWrites(feast, store);
      read.put(store, feast.add("online", store.repo(), reads()));
    }

    JsonNode answers = feast.run();

    for (ParityStore store : stores) {
      feastReadsWhatThawWrote(store, answers.get(read.get(store)));
      thawReadsWhatFeastWrote(store);
      bytesAreTheSame(store);
      store.close();
    }
  }

  /** Of what was written twice the older comes second. */
  private static void thawWrites(ParityStore store) {
    write(store, keys(USER), FULL, TIME);
    write(store, keys("little"), LITTLE, TIME);
    write(store, keys("thaw, out of order"), NEWER, LATER);
    write(store, keys("thaw, out of order"), OLDER, TIME);
    write(store, keys("thaw newer, feast older"), NEWER, LATER);
    write(store, keys("thaw older, feast newer"), OLDER, TIME);
  }

  private static void write(
      ParityStore store, Map<String, EntityKey> keys, Map<String, FeatureValue> row, Instant time) {
    keys.forEach((view, key) -> store.write(view, new FeatureRow(key, row, time)));
  }

  private static void feastWrites(FeastSession feast, ParityStore store) {
    write("write", feast, store, keys("feast " + USER), FULL, TIME);
    write("write", feast, store, keys("feast, little"), LITTLE, TIME);
    write("push", feast, store, keys("feast pushed"), FULL, TIME);
    write("write", feast, store, keys("thaw newer, feast older"), OLDER, TIME);
    write("push", feast, store, keys("thaw older, feast newer"), NEWER, LATER);
    write("write", feast, store, keys("feast newer, thaw older"), NEWER, LATER);
  }

  private static void write(
      String step,
      FeastSession feast,
      ParityStore store,
      Map<String, EntityKey> keys,
      Map<String, FeatureValue> row,
      Instant time) {
    keys.forEach(
        (view, key) ->
            feast.add(
                step,
                store.repo(),
                "view",
                view,
                "rows",
                List.of(ParityRows.plain(new FeatureRow(key, row, time)))));
  }

  private static List<String> readByFeast() {
    return List.of(
        USER, "little", "thaw, out of order", "thaw older, feast newer", "nobody", "feast pushed");
  }

  /** All views have their keys in that of all. */
  private static Object[] reads() {
    List<String> features = new ArrayList<>();
    for (String view : keys("").keySet()) {
      FULL.keySet().forEach(feature -> features.add(view + ":" + feature));
    }
    List<Map<String, Object>> keys =
        readByFeast().stream().map(text -> ParityRows.plainKey(keys(text).get("by_all"))).toList();
    return new Object[] {"features", features, "keys", keys, "full", true};
  }

  /** Long expired, all of it: Feast's Python reads it all the same. */
  private static void feastReadsWhatThawWrote(ParityStore store, JsonNode answers) {
    List<Map<String, FeatureValue>> expected =
        List.of(FULL, LITTLE, NEWER, NEWER, nulls(Map.of()), FULL);
    for (int i = 0; i < expected.size(); i++) {
      for (String view : keys("").keySet()) {
        for (String feature : FULL.keySet()) {
          String column = view + "__" + feature;
          assertThat(answers.get(i).get("values").get(column))
              .as("%s, \"%s\", %s", store, readByFeast().get(i), column)
              .isEqualTo(FeastJson.of(expected.get(i).get(feature)));
        }
      }
    }
    String absent = answers.get(4).get("statuses").get("by_user__text").textValue();
    assertThat(absent).as("%s: PRESENT or NOT_FOUND", store).isEqualTo(store.isRedis() ? "1" : "3");
  }

  private static void thawReadsWhatFeastWrote(ParityStore store) {
    // Feast's SQLite writer keeps whole seconds
    Instant time = store.isRedis() ? TIME : Instant.ofEpochSecond(TIME.getEpochSecond());
    Instant later = store.isRedis() ? LATER : Instant.ofEpochSecond(LATER.getEpochSecond());
    assertRows(store, "feast " + USER, FULL, time);
    assertRows(store, "feast, little", LITTLE, time);
    assertRows(store, "feast pushed", FULL, time);
    assertRows(store, "thaw older, feast newer", NEWER, later);
    write(store, keys("feast newer, thaw older"), OLDER, TIME);
    assertRows(store, "feast newer, thaw older", NEWER, later);
    if (store.isRedis()) {
      assertRows(store, "thaw newer, feast older", NEWER, later);
    } else {
      // Feast's SQLite writer compares no times
      assertRows(store, "thaw newer, feast older", OLDER, time);
    }
    keys("nobody").forEach((view, key) -> assertThat(store.read(new Read(view, key))).isEmpty());
  }

  private static void assertRows(
      ParityStore store, String text, Map<String, FeatureValue> row, Instant time) {
    keys(text)
        .forEach(
            (view, key) -> {
              Optional<FeatureRow> found = store.read(new Read(view, key));
              String as = store + ", \"" + text + "\", " + view;
              assertThat(found).as(as).isPresent();
              assertThat(found.get().eventTime()).as(as).isEqualTo(time);
              row.forEach(
                  (feature, value) ->
                      assertThat(found.get().features().getOrDefault(feature, FeatureValue.MISSING))
                          .as(as + ":" + feature)
                          .isEqualTo(value));
            });
  }

  private static void bytesAreTheSame(ParityStore store) {
    for (String view : keys("").keySet()) {
      assertThat(store.bytes(view, keys(USER).get(view)))
          .as("%s, %s", store, view)
          .isNotEmpty()
          .isEqualTo(store.bytes(view, keys("feast " + USER).get(view)));
      assertThat(store.bytes(view, keys("little").get(view)))
          .as("%s, %s with nulls", store, view)
          .isEqualTo(store.bytes(view, keys("feast, little").get(view)));
    }
  }
}
