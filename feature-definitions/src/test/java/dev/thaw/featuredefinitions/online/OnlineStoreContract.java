package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.OnlineStore.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every online store promises. An adapter's test says where its stores live. */
public abstract class OnlineStoreContract extends NewestWinsContract {
  /** A store that can't be reached. */
  protected abstract OnlineStore openUnreachable();

  @Test
  void answersComeInTheOrderOfTheReadsWithAbsentOnesEmpty() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      List<Read> reads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        EntityKey key = user("u" + i);
        if (i % 3 != 0) {
          store.write("profile", List.of(row(key, NOON, "count", i)));
        }
        reads.add(new Read("profile", key));
        reads.add(new Read("activity", key));
      }
      Collections.reverse(reads);
      reads.add(reads.get(0));

      List<Optional<FeatureRow>> rows = store.read(reads);

      assertThat(rows).hasSameSizeAs(reads);
      for (int at = 0; at < reads.size(); at++) {
        int i = 49 - (at % 100) / 2;
        boolean present = reads.get(at).view().equals("profile") && i % 3 != 0;
        assertThat(rows.get(at))
            .isEqualTo(
                present ? Optional.of(row(user("u" + i), NOON, "count", i)) : Optional.empty());
      }
      assertThat(store.read(List.of())).isEmpty();
    }
  }

  @Test
  void aViewThatWasNeverWrittenIsAbsent() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThat(read(store, "never_written", user("u"))).isEmpty();
    }
  }

  @Test
  void anUndeclaredViewOrFeatureIsRefusedByName() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThatThrownBy(() -> read(store, "nonsense", user("u")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("nonsense", "profile");
      assertThatThrownBy(() -> store.write("profile", List.of(row(user("u"), NOON, "text", 1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("profile", "text", "segment");
    }
  }

  @Test
  void everyTypeAndNullComesBackAsWritten() {
    Map<String, FeatureValue> all = new HashMap<>();
    all.put("text", new FeatureValue.Text("Amélie 😀"));
    all.put("int64", new FeatureValue.Int64(Long.MIN_VALUE));
    all.put("int32", new FeatureValue.Int32(Integer.MIN_VALUE));
    all.put("float64", new FeatureValue.Float64(Double.MIN_VALUE));
    all.put("float32", new FeatureValue.Float32(Float.MAX_VALUE));
    all.put("bool", new FeatureValue.Bool(true));
    all.put("timestamp", new FeatureValue.Timestamp(NOON));
    all.put("texts", new FeatureValue.Texts(List.of("a", "", "日本")));
    all.put("int64s", FeatureValue.Int64s.copyOf(1, -2));
    all.put("float64s", FeatureValue.Float64s.copyOf(0.5, -0.0));
    all.put("float32s", FeatureValue.Float32s.copyOf(0.5f, Float.NaN));
    Map<String, FeatureValue> zero = new HashMap<>();
    zero.put("text", new FeatureValue.Text(""));
    zero.put("int64", new FeatureValue.Int64(0));
    zero.put("int32", new FeatureValue.Int32(0));
    zero.put("float64", new FeatureValue.Float64(0));
    zero.put("float32", new FeatureValue.Float32(0));
    zero.put("bool", new FeatureValue.Bool(false));
    zero.put("timestamp", new FeatureValue.Timestamp(Instant.EPOCH));
    zero.put("texts", new FeatureValue.Texts(List.of()));
    zero.put("int64s", FeatureValue.Int64s.copyOf());
    zero.put("float64s", FeatureValue.Float64s.copyOf());
    zero.put("float32s", FeatureValue.Float32s.copyOf());
    Map<String, FeatureValue> nulls = new HashMap<>();
    all.keySet().forEach(name -> nulls.put(name, FeatureValue.MISSING));
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      for (Map<String, FeatureValue> features :
          List.of(all, zero, nulls, Map.<String, FeatureValue>of())) {
        FeatureRow row = new FeatureRow(user("u"), features, NOON);
        assertThat(store.write("activity", List.of(row))).isEqualTo(1);
        assertThat(read(store, "activity", user("u"))).contains(row);
      }
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
  void keysOfAnyScriptAndOfSeveralPartsStayApart() {
    List<EntityKey> keys =
        List.of(
            user("é"),
            user("e\u0301"),
            user("日本語"),
            user("😀👩‍🚀"),
            user("\uFFFD"),
            user(""),
            user(" "),
            user("'; DROP TABLE x; --"),
            EntityKey.of("user_id", "u", "domain", "books"),
            EntityKey.of("user_id", "books", "domain", "u"),
            EntityKey.of("😀", "a", "\uFFFDx", "b"),
            new EntityKey(new TreeMap<>(Map.of("driver_id", new FeatureValue.Int64(1)))),
            new EntityKey(new TreeMap<>(Map.of("driver_id", new FeatureValue.Text("1")))));
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
  void halfACharacterIsNoKey() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThatThrownBy(() -> read(store, "profile", user("a\uD83D")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("user_id");
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
  void anUnreachableStoreIsNamed() {
    assertThatThrownBy(
            () -> {
              try (OnlineStore store = openUnreachable()) {
                read(store, "profile", user("u"));
              }
            })
        .isInstanceOf(OnlineStoreException.class);
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
    assertThatThrownBy(() -> read(store, "profile", user("u")))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("closed");
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
