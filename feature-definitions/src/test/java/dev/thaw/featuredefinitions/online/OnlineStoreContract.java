package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every online store promises. An adapter's test says where its stores live. */
public abstract class OnlineStoreContract extends NewestWinsContract {
  @Test
  void anUndeclaredFeatureIsRefusedByName() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThatThrownBy(() -> store.write("profile", List.of(row(user("u"), NOON, "text", 1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("profile", "text", "segment");
    }
  }

  @Test
  void aRowIsReplacedAsAWholeAndOtherViewsStay() {
    FeatureRow first =
        new FeatureRow(
            user("u"),
            Map.of("segment", new FeatureValue.Text("s"), "count", new FeatureValue.Int64(1)),
            NOON);
    FeatureRow second = row(user("u"), NOON.plusSeconds(1), "count", 2);
    FeatureRow other = new FeatureRow(user("u"), Map.of("text", new FeatureValue.Text("t")), NOON);
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      store.write("activity", List.of(other));
      store.write("profile", List.of(first));
      store.write("profile", List.of(second));
      assertThat(read(store, "profile", user("u"))).contains(second);
      assertThat(read(store, "activity", user("u"))).contains(other);
    }
  }

  @Test
  void keysOfSeveralPartsAndTypesStayApart() {
    List<EntityKey> keys =
        List.of(
            EntityKey.of("user_id", "u", "domain", "books"),
            EntityKey.of("user_id", "books", "domain", "u"),
            EntityKey.of("😀", "a", "\uFFFDx", "b"),
            new EntityKey(new TreeMap<>(Map.of("driver_id", new FeatureValue.Int64(1)))),
            new EntityKey(new TreeMap<>(Map.of("driver_id", new FeatureValue.Text("1")))),
            new EntityKey(new TreeMap<>(Map.of("driver_id", new FeatureValue.Int32(1)))),
            new EntityKey(
                new TreeMap<>(
                    Map.of("driver_id", new FeatureValue.Timestamp(Instant.ofEpochSecond(1))))));
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      List<FeatureRow> rows = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        rows.add(row(keys.get(i), NOON, "count", i));
      }
      assertThat(store.write("profile", rows)).isEqualTo(keys.size());
      List<Read> reads = keys.stream().map(key -> new Read("profile", key)).toList();
      assertThat(store.read(reads)).isEqualTo(rows.stream().map(Optional::of).toList());
    }
  }

  @Test
  void deletingForgetsTheRowItsTimeAndNothingElse() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      FeatureRow kept = row(user("kept"), NOON, "count", 1);
      FeatureRow activity =
          new FeatureRow(user("gone"), Map.of("int32", new FeatureValue.Int32(1)), NOON);
      store.write("profile", List.of(kept, row(user("gone"), NOON, "count", 1)));
      store.write("activity", List.of(activity));
      store.delete(
          List.of(
              new Read("profile", user("gone")),
              new Read("profile", user("never there")),
              new Read("never_written", user("gone"))));
      assertThat(read(store, "profile", user("gone"))).isEmpty();
      assertThat(read(store, "profile", user("kept"))).contains(kept);
      assertThat(read(store, "activity", user("gone"))).contains(activity);
      FeatureRow older = row(user("gone"), NOON.minusSeconds(60), "count", 2);
      assertThat(store.write("profile", List.of(older))).isEqualTo(1);
      assertThat(read(store, "profile", user("gone"))).contains(older);
    }
  }

  @Test
  void rowsAndTheirTimesOutliveTheStoreThatWroteThem() {
    Place place = newPlace();
    FeatureRow row = row(user("u"), NOON.plusMillis(7), "count", 1);
    try (OnlineStore store = place.open(SCHEMA)) {
      store.write("profile", List.of(row));
    }
    try (OnlineStore store = place.open(SCHEMA);
        OnlineStore second = place.open(SCHEMA)) {
      assertThat(read(store, "profile", user("u"))).contains(row);
      assertThat(second.write("profile", List.of(row(user("u"), NOON.plusMillis(6), "count", 2))))
          .isZero();
      second.write("profile", List.of(row(user("u"), NOON.plusMillis(8), "count", 3)));
      assertThat(read(store, "profile", user("u")))
          .contains(row(user("u"), NOON.plusMillis(8), "count", 3));
    }
  }

  @Test
  void anUnreachableStoreIsAnErrorOfTheStore() {
    assertThatThrownBy(
            () -> {
              try (OnlineStore store = openUnreachable()) {
                store.write("profile", List.of(row(user("u"), NOON, "count", 1)));
              }
            })
        .isInstanceOf(OnlineStoreException.class);
  }

  @Test
  void aClosedStoreSaysSo() {
    OnlineStore store = newPlace().open(SCHEMA);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.write("profile", List.of(row(user("u"), NOON, "count", 1))))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void unreadableBytesNameViewFeatureAndKeyAndSpareTheRest() {
    Place place = newPlace();
    try (OnlineStore store = place.open(SCHEMA)) {
      store.write(
          "profile",
          List.of(row(user("bad"), NOON, "count", 1), row(user("ok"), NOON, "count", 1)));
      place.corrupt("profile", user("bad"), "count", new byte[] {(byte) 0xff, 1, 2});
      assertThatThrownBy(() -> read(store, "profile", user("bad")))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContainingAll("profile", "count", "bad");
      // a value type of a newer Feast is no silent null either
      place.corrupt("profile", user("bad"), "count", new byte[] {(byte) 0xa2, 2, 0});
      assertThatThrownBy(() -> read(store, "profile", user("bad")))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContainingAll("profile", "count", "bad");
      assertThat(read(store, "profile", user("ok"))).contains(row(user("ok"), NOON, "count", 1));
      store.write("profile", List.of(row(user("bad"), NOON, "count", 2)));
      assertThat(read(store, "profile", user("bad"))).contains(row(user("bad"), NOON, "count", 2));
    }
  }
}
