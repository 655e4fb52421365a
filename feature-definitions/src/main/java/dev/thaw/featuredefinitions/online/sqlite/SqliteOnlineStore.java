package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.NewestRows;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The online store in one SQLite file, readable by Feast's Python (run it with {@code TZ=UTC}).
 * Readers see the last committed state and never wait for the writer. A write call is one
 * transaction; it survives the process, the last ones may not survive a power cut (jobs write them
 * again). The tables of all declared views are created on opening.
 */
public final class SqliteOnlineStore implements OnlineStore {
  private final OnlineSchema schema;
  private final Map<String, FeatureTable> tables = new LinkedHashMap<>();
  private final BatchedRead batched = new BatchedRead(tables);
  private final SharedWriter writer;
  private final ReaderPool readers;

  private SqliteOnlineStore(SharedWriter writer, String project, OnlineSchema schema) {
    this.schema = schema;
    this.writer = writer;
    schema
        .featuresByView()
        .forEach((view, names) -> tables.put(view, new FeatureTable(project, view, names)));
    this.readers =
        new ReaderPool(writer.file(), Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @param project Feast's project, part of the table names
   * @throws dev.thaw.featuredefinitions.online.OnlineStoreException if the file can't be opened or
   *     is no database
   */
  public static SqliteOnlineStore open(Path file, String project, OnlineSchema schema) {
    SharedWriter writer = SharedWriter.of(file);
    try {
      SqliteOnlineStore store = new SqliteOnlineStore(writer, project, schema);
      store.createTables();
      return store;
    } catch (RuntimeException e) {
      writer.release();
      throw e;
    }
  }

  private void createTables() {
    writer.write(
        statements -> {
          for (FeatureTable table : tables.values()) {
            table.create(statements);
          }
          return tables.size();
        });
  }

  @Override
  public List<Optional<FeatureRow>> read(List<Read> reads) {
    readers.checkOpen();
    reads.forEach(read -> schema.features(read.view()));
    if (reads.isEmpty()) {
      return List.of();
    }
    return readers.read(statements -> batched.rows(reads, statements));
  }

  @Override
  public int write(String view, List<FeatureRow> rows) {
    readers.checkOpen();
    FeatureTable table = table(view);
    rows.forEach(row -> schema.check(view, row));
    if (rows.isEmpty()) {
      return 0;
    }
    List<FeatureRow> newest = NewestRows.of(rows);
    return writer.write(
        statements -> {
          int written = 0;
          for (FeatureRow row : newest) {
            written += table.write(row, statements) ? 1 : 0;
          }
          return written;
        });
  }

  @Override
  public void delete(List<Read> rows) {
    readers.checkOpen();
    rows.forEach(row -> schema.features(row.view()));
    if (rows.isEmpty()) {
      return;
    }
    writer.write(
        statements -> {
          for (Read row : rows) {
            table(row.view()).delete(EntityKeyBytes.encode(row.key()), statements);
          }
          return rows.size();
        });
  }

  private FeatureTable table(String view) {
    schema.features(view);
    return Objects.requireNonNull(tables.get(view));
  }

  @Override
  public void close() {
    if (readers.close()) {
      writer.release();
    }
  }
}
