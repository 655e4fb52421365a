package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.wire.Utf8;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.featureserver.schema.JoinKey;
import dev.thaw.serving.featureserver.schema.Projection;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The entities of a request, one a row, as keys of the store. */
final class EntityRows {
  /** What {@code feast apply} calls the only entity of a view that is about none. */
  private static final EntityKey NOTHING = EntityKey.of("__dummy_id", "");

  private final Map<String, List<FeatureValue>> columns = new LinkedHashMap<>();
  private final int rows;

  /**
   * @param entities by join key or by name of the entity
   * @throws CallerFault if the columns are not of one length within the bound
   */
  EntityRows(Map<String, List<FeatureValue>> entities, ServedFeatures known, int most) {
    this.rows = rows(entities, most);
    entities.forEach((name, values) -> columns.put(known.joinKey(name).orElse(name), values));
  }

  private static int rows(Map<String, List<FeatureValue>> entities, int most) {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    entities.forEach((name, values) -> lengths.put(name, values.size()));
    if (lengths.values().stream().distinct().count() > 1) {
      throw CallerFault.of("entities", lengths, "columns of one length");
    }
    // views that are about nothing need no column
    int rows = lengths.values().stream().findFirst().orElse(1);
    if (rows < 1 || rows > most) {
      throw CallerFault.of("entities", rows + " rows", "columns of 1 to " + most + " values");
    }
    return rows;
  }

  int size() {
    return rows;
  }

  /** The key of a view in each row. */
  List<EntityKey> keys(Projection projection) {
    List<JoinKey> joinKeys = projection.view().joinKeys();
    if (joinKeys.isEmpty()) {
      return Collections.nCopies(rows, NOTHING);
    }
    Map<String, List<FeatureValue>> parts = new LinkedHashMap<>();
    for (JoinKey each : joinKeys) {
      parts.put(each.name(), column(projection, each));
    }
    List<EntityKey> keys = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      TreeMap<String, FeatureValue> key = new TreeMap<>();
      for (Map.Entry<String, List<FeatureValue>> part : parts.entrySet()) {
        key.put(part.getKey(), part.getValue().get(row));
      }
      keys.add(new EntityKey(key));
    }
    return keys;
  }

  /** Values of a join key in its type. */
  List<FeatureValue> column(Projection projection, JoinKey joinKey) {
    String name = projection.requestKey(joinKey);
    List<FeatureValue> given = columns.get(name);
    if (given == null) {
      throw CallerFault.of(
          "entities",
          columns.keySet(),
          "given by the join keys of view "
              + projection.view().name()
              + ", of which "
              + name
              + " is missing");
    }
    List<FeatureValue> values = new ArrayList<>(rows);
    for (FeatureValue each : given) {
      values.add(value(name, each, joinKey));
    }
    return values;
  }

  private static FeatureValue value(String column, FeatureValue given, JoinKey joinKey) {
    String path = "entities." + column;
    FeatureValue value =
        joinKey.read(given).orElseThrow(() -> CallerFault.of(path, shown(given), joinKey.bound()));
    if (value instanceof FeatureValue.Text text && Utf8.unpairedSurrogate(text.value()) >= 0) {
      throw CallerFault.of(path, text.value(), "Unicode, without half of a surrogate pair");
    }
    return value;
  }

  private static Object shown(FeatureValue given) {
    if (given instanceof FeatureValue.Missing) {
      return "null";
    }
    return given instanceof FeatureValue.Text text ? '"' + text.value() + '"' : given;
  }

  /** The columns that are join keys of something, as they were given. */
  Map<String, List<FeatureValue>> known(ServedFeatures features, List<Projection> projections) {
    Map<String, List<FeatureValue>> known = new LinkedHashMap<>();
    for (Map.Entry<String, List<FeatureValue>> column : columns.entrySet()) {
      boolean isKey =
          features.entities().containsValue(column.getKey())
              || projections.stream()
                  .anyMatch(each -> each.requestKeys().containsValue(column.getKey()));
      if (isKey) {
        known.put(column.getKey(), column.getValue());
      }
    }
    return known;
  }
}
