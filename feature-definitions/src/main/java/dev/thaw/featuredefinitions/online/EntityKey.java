package dev.thaw.featuredefinitions.online;

import java.util.Map;
import java.util.TreeMap;

/**
 * The join keys of one entity with their values, sorted by code point as Feast sorts them. All join
 * keys of Thaw are strings; those of other teams may be integers or times.
 */
public record EntityKey(java.util.SortedMap<String, FeatureValue> joinKeys) {
  public EntityKey {
    TreeMap<String, FeatureValue> sorted = new TreeMap<>(CodePoints.ORDER);
    sorted.putAll(joinKeys);
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("an entity key needs at least one join key");
    }
    sorted.forEach(
        (name, value) -> {
          if (!isKey(value)) {
            throw new IllegalArgumentException(
                "join key " + name + " must be a string, int32, int64 or timestamp, was " + value);
          }
        });
    joinKeys = java.util.Collections.unmodifiableSortedMap(sorted);
  }

  private static boolean isKey(FeatureValue value) {
    return value instanceof FeatureValue.Text
        || value instanceof FeatureValue.Int64
        || value instanceof FeatureValue.Int32
        || value instanceof FeatureValue.Timestamp;
  }

  public static EntityKey of(String joinKey, String value) {
    return of(Map.of(joinKey, value));
  }

  public static EntityKey of(String joinKey1, String value1, String joinKey2, String value2) {
    return of(Map.of(joinKey1, value1, joinKey2, value2));
  }

  public static EntityKey of(Map<String, String> stringKeys) {
    TreeMap<String, FeatureValue> keys = new TreeMap<>(CodePoints.ORDER);
    stringKeys.forEach((name, value) -> keys.put(name, new FeatureValue.Text(value)));
    return new EntityKey(keys);
  }
}
