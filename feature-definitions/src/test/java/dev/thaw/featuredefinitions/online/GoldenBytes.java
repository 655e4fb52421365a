package dev.thaw.featuredefinitions.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Feast 0.66 itself wrote, as {@code src/test/python/record_golden_bytes.py} recorded it. */
public final class GoldenBytes {
  /** A feature of the SQLite table. */
  public record Cell(String feature, byte[] value, String text, long eventSeconds) {}

  /** One row and its bytes in both stores. */
  public record Case(
      String view, FeatureRow row, byte[] entityKey, List<Cell> sqlite, Map<String, String> redis) {
    @Override
    public String toString() {
      return view + " " + row.key();
    }
  }

  public static final String PROJECT = "layout";
  public static final List<String> FEATURES =
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
          "float32s");
  public static final OnlineSchema SCHEMA =
      new OnlineSchema(
          Map.of("by_user", FEATURES, "by_user_domain", FEATURES, "by_driver", FEATURES));

  private static final JsonNode GOLDEN = load();

  private GoldenBytes() {}

  public static List<String> sqliteSchema() {
    List<String> statements = new ArrayList<>();
    GOLDEN.get("sqlite_schema").forEach(sql -> statements.add(sql.textValue()));
    return statements;
  }

  public static List<Case> cases() {
    Instant time = Instant.parse(GOLDEN.get("event_time").textValue());
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : GOLDEN.get("cases")) {
      TreeMap<String, FeatureValue> keys = new TreeMap<>();
      node.get("keys")
          .properties()
          .forEach(
              key ->
                  keys.put(
                      key.getKey(),
                      key.getValue().isTextual()
                          ? new FeatureValue.Text(key.getValue().textValue())
                          : new FeatureValue.Int64(key.getValue().longValue())));
      Map<String, FeatureValue> features = new HashMap<>();
      node.get("features")
          .properties()
          .forEach(
              feature ->
                  features.put(feature.getKey(), value(feature.getKey(), feature.getValue())));
      List<Cell> cells = new ArrayList<>();
      for (JsonNode cell : node.get("sqlite")) {
        cells.add(
            new Cell(
                cell.get("feature").textValue(),
                bytes(cell.get("value").textValue()),
                cell.get("text").textValue(),
                cell.get("event_ts").longValue()));
      }
      Map<String, String> redis = new LinkedHashMap<>();
      redis.put("key", node.get("redis").get("key").textValue());
      node.get("redis")
          .get("hash")
          .properties()
          .forEach(field -> redis.put(field.getKey(), field.getValue().textValue()));
      cases.add(
          new Case(
              node.get("view").textValue(),
              new FeatureRow(new EntityKey(keys), features, time),
              bytes(node.get("entity_key").textValue()),
              cells,
              redis));
    }
    return cases;
  }

  /** Floats may be numbers or, as Python writes them, strings. */
  static FeatureValue value(String feature, JsonNode x) {
    if (x.isNull()) {
      return FeatureValue.MISSING;
    }
    return switch (feature) {
      case "text" -> new FeatureValue.Text(x.textValue());
      case "int64" -> new FeatureValue.Int64(x.longValue());
      case "int32" -> new FeatureValue.Int32(x.intValue());
      case "float64" ->
          new FeatureValue.Float64(
              x.isTextual() ? Double.parseDouble(x.textValue()) : x.doubleValue());
      // as the recording script caps it
      case "float32" ->
          new FeatureValue.Float32(
              (float)
                  Math.min(
                      3e38, x.isTextual() ? Double.parseDouble(x.textValue()) : x.doubleValue()));
      case "bool" -> new FeatureValue.Bool(x.booleanValue());
      case "timestamp" -> new FeatureValue.Timestamp(Instant.ofEpochSecond(x.longValue()));
      case "texts" -> {
        List<String> values = new ArrayList<>();
        x.forEach(e -> values.add(e.textValue()));
        yield new FeatureValue.Texts(values);
      }
      case "int64s" -> {
        long[] values = new long[x.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = x.get(i).longValue();
        }
        yield FeatureValue.Int64s.copyOf(values);
      }
      case "float64s" -> {
        double[] values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = x.get(i).doubleValue();
        }
        yield FeatureValue.Float64s.copyOf(values);
      }
      case "float32s" -> {
        float[] values = new float[x.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) x.get(i).doubleValue();
        }
        yield FeatureValue.Float32s.copyOf(values);
      }
      default -> throw new IllegalArgumentException(feature);
    };
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static JsonNode load() {
    try (InputStream in = GoldenBytes.class.getResourceAsStream("/feast/golden.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
