package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bounded pool of reading connections, each with its prepared statements. Thread-safe. */
final class ReaderPool {
  private static final int WAIT_SECONDS = 5;

  /** A read on one connection. */
  interface Work<T> {
    T on(Statements statements) throws SQLException;
  }

  private record Reader(Connection connection, Statements statements) {}

  private final Path file;
  private final int size;
  private final Semaphore permits;
  private final Deque<Reader> idle = new ArrayDeque<>();
  private boolean closed;

  ReaderPool(Path file, int size) {
    this.file = file;
    this.size = size;
    this.permits = new Semaphore(size);
  }

  <T> T read(Work<T> work) {
    acquire(1);
    try {
      Reader reader = take();
      try {
        return work.on(reader.statements);
      } catch (SQLException e) {
        throw new OnlineStoreException("can't read from " + file + ": " + e.getMessage(), e);
      } finally {
        give(reader);
      }
    } finally {
      permits.release();
    }
  }

  void checkOpen() {
    synchronized (idle) {
      if (closed) {
        throw new OnlineStoreException("online store " + file + " is closed");
      }
    }
  }

  private void acquire(int count) {
    try {
      if (!permits.tryAcquire(count, WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new OnlineStoreException(
            "all " + size + " readers of " + file + " were busy for " + WAIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OnlineStoreException("interrupted while waiting for a reader of " + file, e);
    }
  }

  private Reader take() {
    synchronized (idle) {
      checkOpen();
      Reader reader = idle.poll();
      if (reader != null) {
        return reader;
      }
    }
    Connection connection = SqliteConnections.reader(file);
    return new Reader(connection, new Statements(connection));
  }

  private void give(Reader reader) {
    synchronized (idle) {
      idle.push(reader);
    }
  }

  /** Waits for running reads, then closes all connections; false if closed before. */
  boolean close() {
    synchronized (idle) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    acquire(size);
    try {
      for (Reader reader : idle) {
        reader.statements.close();
        reader.connection.close();
      }
      return true;
    } catch (SQLException e) {
      throw new OnlineStoreException("can't close " + file + ": " + e.getMessage(), e);
    } finally {
      permits.release(size);
    }
  }
}
