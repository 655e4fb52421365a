package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one connection of this process that writes to a SQLite file. Everyone who opens the file
 * shares it, so that writers queue on a fair lock instead of on SQLite's file lock; other processes
 * are waited for. Closed with its last user.
 */
final class SharedWriter {
  private static final Map<Path, SharedWriter> OPEN = new HashMap<>();

  /** Work inside one transaction. */
  interface Work<T> {
    T on(Statements statements) throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private final Statements statements;
  private final ReentrantLock lock = new ReentrantLock(true);
  private int users;

  private SharedWriter(Path file) {
    this.file = file;
    this.connection = SqliteConnections.writer(file);
    this.statements = new Statements(connection);
  }

  /**
   * The file's writer; {@link #release} it once.
   *
   * @throws OnlineStoreException if the file can't be opened or created
   */
  static SharedWriter of(Path file) {
    synchronized (OPEN) {
      Path canonical = canonical(file);
      SharedWriter writer = OPEN.get(canonical);
      if (writer == null) {
        writer = new SharedWriter(canonical);
        OPEN.put(canonical, writer);
      }
      writer.users++;
      return writer;
    }
  }

  Path file() {
    return file;
  }

  /** Runs the work in a transaction of its own: all of it happens, or nothing. */
  <T> T write(Work<T> work) {
    lock.lock();
    try {
      // JDBC's own commit starts the next transaction at once and so keeps other processes out
      statements.of("BEGIN IMMEDIATE").execute();
      try {
        T result = work.on(statements);
        statements.of("COMMIT").execute();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(e);
        throw e;
      }
    } catch (SQLException e) {
      throw new OnlineStoreException("can't write to " + file + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private void rollback(Exception cause) {
    try {
      statements.of("ROLLBACK").execute();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  void release() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      OPEN.remove(file);
      lock.lock();
      try {
        statements.close();
        connection.close();
      } catch (SQLException e) {
        throw new OnlineStoreException("can't close " + file + ": " + e.getMessage(), e);
      } finally {
        lock.unlock();
      }
    }
  }

  private static Path canonical(Path file) {
    try {
      Path absolute = file.toAbsolutePath();
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      if (folder == null || name == null || Files.isDirectory(absolute)) {
        throw new OnlineStoreException("online store " + file + " must be a file, is a folder");
      }
      return Files.exists(absolute)
          ? absolute.toRealPath()
          : Files.createDirectories(folder).toRealPath().resolve(name);
    } catch (IOException e) {
      throw new OnlineStoreException("can't create the folder of " + file + ": " + e, e);
    }
  }
}
