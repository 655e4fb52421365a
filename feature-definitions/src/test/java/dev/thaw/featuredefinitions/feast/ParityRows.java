package dev.thaw.featuredefinitions.feast;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of {@code feast/parity}, and their plain form of {@code feast_session.py}. */
final class ParityRows {
  static final Instant TIME = Instant.parse("2026-03-01T12:30:15.250Z");

  static final Map<String, FeatureValue> FULL =
      Map.ofEntries(
          Map.entry("text", new FeatureValue.Text("Amélie ☕ 😀")),
          Map.entry("int32", new FeatureValue.Int32(Integer.MIN_VALUE)),
          Map.entry("int64", new FeatureValue.Int64(-9007199254740993L)),
          Map.entry("float32", new FeatureValue.Float32(0.1f)),
          Map.entry("float64", new FeatureValue.Float64(0.1)),
          Map.entry("bool", new FeatureValue.Bool(true)),
          Map.entry("timestamp", new FeatureValue.Timestamp(Instant.ofEpochSecond(1772368215))),
          Map.entry("bytes", FeatureValue.Bytes.copyOf((byte) 0, (byte) -1, (byte) 65)),
          Map.entry("texts", new FeatureValue.Texts(List.of("a", "", "日本"))),
          Map.entry("int32s", FeatureValue.Int32s.copyOf(1, -2, Integer.MAX_VALUE)),
          Map.entry("int64s", FeatureValue.Int64s.copyOf(1, -2, 9007199254740993L)),
          Map.entry("float32s", FeatureValue.Float32s.copyOf(0.25f, -3.5f, 1e10f)),
          Map.entry("float64s", FeatureValue.Float64s.copyOf(0.5, -1e-300)),
          Map.entry("bools", new FeatureValue.Bools(List.of(true, false))),
          Map.entry(
              "timestamps",
              new FeatureValue.Timestamps(FeatureValue.Int64s.copyOf(0, 1772368215, 4102444800L))),
          Map.entry(
              "byte_strings",
              new FeatureValue.ByteStrings(
                  List.of(
                      FeatureValue.Bytes.copyOf((byte) 0, (byte) -1),
                      FeatureValue.Bytes.copyOf(),
                      FeatureValue.Bytes.copyOf((byte) 65)))));

  /** What a row has where nothing is said of it. */
  static Map<String, FeatureValue> nulls(Map<String, FeatureValue> but) {
    Map<String, FeatureValue> values = new HashMap<>();
    FULL.keySet().forEach(name -> values.put(name, FeatureValue.MISSING));
    values.putAll(but);
    return values;
  }

  private ParityRows() {}

  /** A key of each kind and all of them together, with this text. */
  static Map<String, EntityKey> keys(String text) {
    FeatureValue user = new FeatureValue.Text(text);
    FeatureValue driver = new FeatureValue.Int64(-(1L << 40) - text.hashCode());
    FeatureValue slot = new FeatureValue.Int32(text.hashCode());
    Map<String, EntityKey> keys = new LinkedHashMap<>();
    keys.put("by_user", key(Map.of("user_id", user)));
    keys.put("by_driver", key(Map.of("driver_id", driver)));
    keys.put("by_slot", key(Map.of("slot", slot)));
    keys.put(
        "by_all",
        key(
            Map.of(
                "user_id", user,
                "domain", new FeatureValue.Text("фильмы"),
                "driver_id", driver,
                "slot", slot)));
    return keys;
  }

  private static EntityKey key(Map<String, FeatureValue> values) {
    return new EntityKey(new TreeMap<>(values));
  }

  static Map<String, Object> plainKey(EntityKey key) {
    Map<String, Object> plain = new LinkedHashMap<>();
    key.joinKeys().forEach((name, value) -> plain.put(name, FeastJson.plain(value)));
    return plain;
  }

  /** As the steps {@code write} and {@code push} take it. */
  static Map<String, Object> plain(FeatureRow row) {
    Map<String, Object> plain = plainKey(row.key());
    row.features().forEach((name, value) -> plain.put(name, FeastJson.plain(value)));
    plain.put("event_timestamp", row.eventTime().toEpochMilli());
    return plain;
  }
}
