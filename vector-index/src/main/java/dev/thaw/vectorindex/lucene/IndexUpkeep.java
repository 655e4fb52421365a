package dev.thaw.vectorindex.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the readers of an index and commits it, in a thread of its own. */
final class IndexUpkeep implements AutoCloseable {
  static final int COMMIT_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(IndexUpkeep.class);
  private static final long RENEW_MILLIS = 400;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Changes are kept in memory until they are visible: so many at most while nobody reads. */
  private static final int MOST_PENDING = 20_000;

  private final String name;
  private final IndexWriter writer;
  private final Readers readers;
  private final LongSupplier nanos;
  private final ScheduledExecutorService thread;
  private volatile boolean unseen;
  private volatile boolean uncommitted;
  private volatile long lastRead;
  private long lastCommit;

  /**
   * @param name of the index, for the log
   * @param nanos clock of any origin, in nanoseconds
   */
  IndexUpkeep(String name, IndexWriter writer, Readers readers, LongSupplier nanos) {
    this.name = name;
    this.writer = writer;
    this.readers = readers;
    this.nanos = nanos;
    this.lastRead = nanos.getAsLong() - IDLE_NANOS;
    this.lastCommit = nanos.getAsLong();
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "vector-index " + name);
              made.setDaemon(true);
              return made;
            });
    thread.scheduleWithFixedDelay(this::tick, RENEW_MILLIS, RENEW_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Something was written. */
  void changed() {
    unseen = true;
    uncommitted = true;
  }

  /** Something will be read: after a time without reads this waits for a new reader. */
  void read() throws IOException {
    long now = nanos.getAsLong();
    boolean wasIdle = now - lastRead >= IDLE_NANOS;
    if (wasIdle && unseen) {
      renewReaders();
    }
    lastRead = now;
  }

  void renewReaders() throws IOException {
    unseen = false;
    try {
      readers.renew();
    } catch (IOException | RuntimeException e) {
      unseen = true;
      throw e;
    }
  }

  void commit() throws IOException {
    uncommitted = false;
    try {
      writer.commit();
    } catch (IOException | RuntimeException e) {
      uncommitted = true;
      throw e;
    }
  }

  private void tick() {
    try {
      long now = nanos.getAsLong();
      boolean wanted = now - lastRead < IDLE_NANOS || readers.pending().size() > MOST_PENDING;
      if (wanted) {
        renewReaders(); // does nothing where nothing was written or merged
      }
      if (uncommitted && now - lastCommit >= TimeUnit.SECONDS.toNanos(COMMIT_SECONDS)) {
        lastCommit = now;
        commit();
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("index {} could not be renewed or committed, will try again", name, e);
    } catch (AlreadyClosedException e) {
      LOG.error("index {} was closed by a fault and takes no more changes", name, e);
      thread.shutdown();
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
