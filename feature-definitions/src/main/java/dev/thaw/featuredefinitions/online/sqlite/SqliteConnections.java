package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * How connections to a file are set up: write-ahead log, so that readers never wait for writers.
 */
final class SqliteConnections {
  private static final int BUSY_MILLIS = 5_000;
  private static final int CHECKPOINT_PAGES = 4_000;
  private static final String MMAP_BYTES = Long.toString(256L << 20);

  private SqliteConnections() {}

  /** A connection that writes; its transactions are begun and ended by statements. */
  static Connection writer(Path file) {
    SQLiteConfig config = common();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setCacheSize(-64_000);
    Connection connection = connect(file, config);
    try (Statement pragma = connection.createStatement()) {
      // pages that change again before the checkpoint reach the file once
      pragma.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    } catch (SQLException e) {
      throw new OnlineStoreException("can't open " + file + ": " + e.getMessage(), e);
    }
    return connection;
  }

  /** A connection for reads that each are a transaction of their own. */
  static Connection reader(Path file) {
    return connect(file, common());
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-16_000);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, MMAP_BYTES);
    return config;
  }

  private static Connection connect(Path file, SQLiteConfig config) {
    try {
      return config.createConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw new OnlineStoreException("can't open " + file + ": " + e.getMessage(), e);
    }
  }
}
