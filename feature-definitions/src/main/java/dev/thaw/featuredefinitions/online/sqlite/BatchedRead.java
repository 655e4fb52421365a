package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of many entities and views with one statement for every {@value #TOGETHER} of them: a
 * statement of its own costs more than the row it fetches. What one statement reads is of one
 * moment. Thread-safe; statements come from the caller's connection.
 */
final class BatchedRead {
  private static final int TOGETHER = 16;
  private static final int MAX_SHAPES = 128;

  private final Map<String, FeatureTable> tables;
  private final Map<List<String>, String> shapes = new ConcurrentHashMap<>();

  /**
   * @param tables by view; every view that is asked for must be among them
   */
  BatchedRead(Map<String, FeatureTable> tables) {
    this.tables = tables;
  }

  /** As many answers as reads, in their order. */
  List<Optional<FeatureRow>> rows(List<Read> reads, Statements statements) throws SQLException {
    List<Optional<FeatureRow>> rows = new ArrayList<>(reads.size());
    for (int from = 0; from < reads.size(); from += TOGETHER) {
      List<Read> some = reads.subList(from, Math.min(reads.size(), from + TOGETHER));
      for (Found found : found(some, statements)) {
        rows.add(found.row());
      }
    }
    return rows;
  }

  private Found[] found(List<Read> reads, Statements statements) throws SQLException {
    Found[] found = new Found[reads.size()];
    PreparedStatement select = statements.of(sql(reads));
    byte[] bytes = new byte[0];
    for (int part = 0; part < found.length; part++) {
      Read read = reads.get(part);
      // a request asks several views for the same key
      bytes =
          part > 0 && read.key() == reads.get(part - 1).key()
              ? bytes
              : EntityKeyBytes.encode(read.key());
      select.setBytes(part + 1, bytes);
      found[part] = new Found(table(read.view()), read.key());
    }
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found[rows.getInt(1)].take(rows);
      }
    }
    return found;
  }

  private String sql(List<Read> reads) {
    List<String> views = reads.stream().map(Read::view).toList();
    String known = shapes.get(views);
    if (known == null) {
      known = newSql(views);
      if (shapes.size() < MAX_SHAPES) {
        shapes.put(views, known);
      }
    }
    return known;
  }

  private String newSql(List<String> views) {
    List<String> selects = new ArrayList<>();
    for (int part = 0; part < views.size(); part++) {
      selects.add(table(views.get(part)).select(part, part + 1));
    }
    return String.join(" UNION ALL ", selects);
  }

  private FeatureTable table(String view) {
    FeatureTable table = tables.get(view);
    if (table == null) {
      throw new IllegalArgumentException("no table for the view " + view);
    }
    return table;
  }

  /** What was found of one entity in one view so far. */
  private static final class Found {
    private final FeatureTable table;
    private final EntityKey key;
    private final Map<String, FeatureValue> features = new HashMap<>();
    private @Nullable Long frontierMillis;
    private @Nullable Long featureSeconds;

    Found(FeatureTable table, EntityKey key) {
      this.table = table;
      this.key = key;
    }

    /** A result of {@link FeatureTable#select}. */
    void take(ResultSet row) throws SQLException {
      long time = row.getLong(2);
      String feature = row.getString(3);
      if (feature == null) {
        frontierMillis = time;
        return;
      }
      featureSeconds = time;
      table.put(feature, row.getBytes(4), key, features);
    }

    Optional<FeatureRow> row() {
      if (frontierMillis == null && featureSeconds == null) {
        return Optional.empty();
      }
      long millis = FeatureTable.eventMillis(featureSeconds, frontierMillis);
      return Optional.of(new FeatureRow(key, features, Instant.ofEpochMilli(millis)));
    }
  }
}
