package dev.thaw.featuredefinitions.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What everything promises that rows are read from, whether it is a store or a server before one.
 */
public abstract class OnlineReaderContract {
  /** Somewhere a store keeps its rows; empty at first, opened as often as wanted. */
  public interface Place {
    OnlineStore open(OnlineSchema schema);

    /** Overwrites the stored bytes of one feature. */
    void corrupt(String view, EntityKey key, String feature, byte[] bytes);
  }

  protected static final OnlineSchema SCHEMA =
      new OnlineSchema(
          Map.of(
              "activity",
              List.of(
                  "text",
                  "int64",
                  "int32",
                  "float64",
                  "float32",
                  "bool",
                  "timestamp",
                  "texts",
                  "int64s",
                  "float64s",
                  "float32s",
                  "bytes",
                  "int32s",
                  "bools",
                  "timestamps",
                  "byte_strings"),
              "profile",
              List.of("segment", "count"),
              "never_written",
              List.of("x")));
  protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  protected abstract Place newPlace();

  /** One that can't be reached. */
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
    all.put("bytes", FeatureValue.Bytes.copyOf((byte) 0, (byte) -1));
    all.put("int32s", FeatureValue.Int32s.copyOf(1, Integer.MIN_VALUE));
    all.put("bools", new FeatureValue.Bools(List.of(true, false)));
    all.put("timestamps", new FeatureValue.Timestamps(FeatureValue.Int64s.copyOf(0, -1)));
    all.put(
        "byte_strings",
        new FeatureValue.ByteStrings(
            List.of(FeatureValue.Bytes.copyOf(), FeatureValue.Bytes.copyOf((byte) 1))));
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
    zero.put("bytes", FeatureValue.Bytes.copyOf());
    zero.put("int32s", FeatureValue.Int32s.copyOf());
    zero.put("bools", new FeatureValue.Bools(List.of()));
    zero.put("timestamps", new FeatureValue.Timestamps(FeatureValue.Int64s.copyOf()));
    zero.put("byte_strings", new FeatureValue.ByteStrings(List.of()));
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
  void halfACharacterIsNoKey() {
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThatThrownBy(() -> read(store, "profile", user("a\uD83D")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("user_id");
    }
  }

  @Test
  void anUndeclaredViewIsRefusedByName() {
    try (OnlineReader reader = newPlace().open(SCHEMA)) {
      assertThatThrownBy(() -> read(reader, "nonsense", user("u")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("nonsense", "profile");
    }
  }

  @Test
  void keysOfAnyScriptStayApart() {
    List<EntityKey> keys =
        Stream.of("é", "e\u0301", "日本語", "😀👩‍🚀", "\uFFFD", "", " ", "'; DROP TABLE x; --")
            .map(OnlineReaderContract::user)
            .toList();
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      List<FeatureRow> rows = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        rows.add(row(keys.get(i), NOON.plusMillis(i), "count", i));
      }
      store.write("profile", rows);
      List<Read> reads = keys.stream().map(key -> new Read("profile", key)).toList();
      assertThat(store.read(reads)).isEqualTo(rows.stream().map(Optional::of).toList());
    }
  }

  @Test
  void whatCanNotBeReachedIsAnErrorOfTheStore() {
    assertThatThrownBy(
            () -> {
              try (OnlineReader reader = openUnreachable()) {
                read(reader, "profile", user("u"));
              }
            })
        .isInstanceOf(OnlineStoreException.class);
  }

  @Test
  void aClosedReaderSaysSo() {
    OnlineReader reader = newPlace().open(SCHEMA);
    reader.close();
    reader.close();
    assertThatThrownBy(() -> read(reader, "profile", user("u")))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("closed");
  }

  protected static EntityKey user(String id) {
    return EntityKey.of("user_id", id);
  }

  protected static FeatureRow row(EntityKey key, Instant time, String feature, long value) {
    return new FeatureRow(key, Map.of(feature, new FeatureValue.Int64(value)), time);
  }

  protected static Optional<FeatureRow> read(OnlineReader store, String view, EntityKey key) {
    return store.read(List.of(new Read(view, key))).get(0);
  }
}
