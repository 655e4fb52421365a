package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of one view, exactly as Feast lays it out, and beside it {@code
 * thaw_frontier:<table>(entity_key, event_ms)}: Feast's {@code event_ts} keeps whole seconds only,
 * newest-wins goes by the millisecond. Where the two disagree about the second, Feast's own writer
 * came after ours and its time holds. Immutable; statements come from the caller's connection.
 */
final class FeatureTable {
  private static final String SEPARATOR = "\u001f";
  private static final int MAX_UPSERTS = 128;

  private final String view;
  private final Map<String, String> declared = new HashMap<>();
  private final String table;
  private final String index;
  private final String frontier;
  private final String stored;
  private final String advance;
  private final Map<Set<String>, String> upserts = new ConcurrentHashMap<>();

  FeatureTable(String project, String view, List<String> features) {
    this.view = view;
    features.forEach(feature -> declared.put(feature, feature));
    String name = project + "_" + view;
    table = quoted(name);
    index = quoted(name + "_ek");
    frontier = quoted("thaw_frontier:" + name);
    String millis = "(SELECT event_ms FROM " + frontier + " WHERE entity_key = ?1)";
    String ofKey = " FROM " + table + " WHERE entity_key = ?1";
    stored = "SELECT max(event_ts), " + millis + ", group_concat(feature_name, char(31))" + ofKey;
    advance =
        "INSERT INTO "
            + frontier
            + " VALUES (?1, ?2) ON CONFLICT (entity_key) DO UPDATE SET event_ms = excluded.event_ms";
  }

  void create(Statements statements) throws SQLException {
    statements.execute(
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " (entity_key BLOB, feature_name TEXT, value BLOB, value_text TEXT, vector_value BLOB,"
            + " event_ts timestamp, created_ts timestamp,  PRIMARY KEY(entity_key, feature_name))");
    statements.execute("CREATE INDEX IF NOT EXISTS " + index + " ON " + table + " (entity_key)");
    statements.execute(
        "CREATE TABLE IF NOT EXISTS "
            + frontier
            + " (entity_key BLOB PRIMARY KEY, event_ms INTEGER NOT NULL) WITHOUT ROWID");
  }

  /**
   * Everything of one entity, as rows {@code part, time, feature_name, value}: the frontier with
   * its milliseconds and no name, and each feature with the seconds of its {@code event_ts}.
   *
   * @param part constant first column
   * @param parameter number of the parameter that takes the entity key
   */
  String select(int part, int parameter) {
    String ofKey = " WHERE entity_key = ?" + parameter;
    return "SELECT "
        + part
        + ", event_ms, NULL, NULL FROM "
        + frontier
        + ofKey
        + " UNION ALL SELECT "
        + part
        + ", event_ts, feature_name, value FROM "
        + table
        + ofKey;
  }

  /** Adds a stored feature, if the view declares it. */
  void put(
      String stored, byte @Nullable [] bytes, EntityKey key, Map<String, FeatureValue> features) {
    String feature = declared.get(stored);
    if (feature != null) {
      features.put(feature, value(bytes, feature, key));
    }
  }

  private FeatureValue value(byte @Nullable [] bytes, String feature, EntityKey key) {
    try {
      // SQLite hands an empty blob out as null, and empty is how Feast writes null
      return bytes == null ? FeatureValue.MISSING : FeatureValueBytes.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new OnlineStoreException(
          "can't read feature "
              + feature
              + " of view "
              + view
              + " for "
              + key
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Replaces the row unless a newer one is stored; says whether it did. */
  boolean write(FeatureRow row, Statements statements) throws SQLException {
    byte[] key = EntityKeyBytes.encode(row.key());
    long eventMillis = row.eventTime().toEpochMilli();
    // one order for all rows of a view, so that they share a statement
    Map<String, FeatureValue> features = new TreeMap<>(row.features());
    PreparedStatement select = statements.of(stored);
    select.setBytes(1, key);
    String storedFeatures;
    try (ResultSet rows = select.executeQuery()) {
      rows.next();
      storedFeatures = rows.getString(3);
      if (eventMillis(rows) > eventMillis) {
        return false;
      }
    }
    if (storedFeatures != null && !features.keySet().containsAll(names(storedFeatures))) {
      delete(key, statements);
    }
    if (!features.isEmpty()) {
      upsert(key, eventMillis, features, statements);
    }
    PreparedStatement advanced = statements.of(advance);
    advanced.setBytes(1, key);
    advanced.setLong(2, eventMillis);
    advanced.executeUpdate();
    return true;
  }

  private void upsert(
      byte[] key, long eventMillis, Map<String, FeatureValue> features, Statements statements)
      throws SQLException {
    PreparedStatement upsert = statements.of(upsertSql(features.keySet()));
    upsert.setBytes(1, key);
    upsert.setLong(2, Math.floorDiv(eventMillis, 1000L));
    int parameter = 3;
    for (FeatureValue value : features.values()) {
      upsert.setBytes(parameter++, FeatureValueBytes.encode(value));
      upsert.setString(parameter++, ValueText.of(value));
    }
    upsert.executeUpdate();
  }

  private String upsertSql(Set<String> features) {
    String known = upserts.get(features);
    if (known == null) {
      known = newUpsertSql(features);
      if (upserts.size() < MAX_UPSERTS) {
        upserts.put(Set.copyOf(features), known);
      }
    }
    return known;
  }

  private String newUpsertSql(Set<String> features) {
    StringBuilder sql = new StringBuilder(100 + 40 * features.size());
    sql.append("INSERT INTO ").append(table);
    sql.append("(entity_key, event_ts, feature_name, value, value_text) VALUES ");
    int parameter = 3;
    for (String feature : features) {
      sql.append(parameter == 3 ? "(?1, ?2, '" : ", (?1, ?2, '");
      sql.append(feature.replace("'", "''"));
      sql.append("', ?").append(parameter++).append(", ?").append(parameter++).append(')');
    }
    return sql.append(
            " ON CONFLICT (entity_key, feature_name) DO UPDATE SET value = excluded.value,"
                + " value_text = excluded.value_text, vector_value = NULL,"
                + " event_ts = excluded.event_ts, created_ts = NULL")
        .toString();
  }

  void delete(byte[] key, Statements statements) throws SQLException {
    for (String from : List.of(table, frontier)) {
      PreparedStatement delete = statements.of("DELETE FROM " + from + " WHERE entity_key = ?1");
      delete.setBytes(1, key);
      delete.executeUpdate();
    }
  }

  /** Of columns {@code event_ts, event_ms}; the smallest long where both are null. */
  private static long eventMillis(ResultSet row) throws SQLException {
    return eventMillis(nullable(row, 1), nullable(row, 2));
  }

  /** The time of a row whose features say these seconds and whose frontier these milliseconds. */
  static long eventMillis(@Nullable Long featureSeconds, @Nullable Long frontierMillis) {
    if (frontierMillis == null) {
      return featureSeconds == null ? Long.MIN_VALUE : featureSeconds * 1000;
    }
    return featureSeconds == null || Math.floorDiv(frontierMillis, 1000L) == featureSeconds
        ? frontierMillis
        : featureSeconds * 1000;
  }

  private static @Nullable Long nullable(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static List<String> names(String concatenated) {
    return List.of(concatenated.split(SEPARATOR, -1));
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
