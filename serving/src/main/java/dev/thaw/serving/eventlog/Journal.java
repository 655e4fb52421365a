package dev.thaw.serving.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bounded queue of records on disk. Appends are on the disk (fsync) when the call returns; what
 * was read is forgotten after {@link #release}, and read again after a crash before that. Segments
 * are files of their own, so that released ones free their space. Thread-safe; how full it is can
 * be asked without waiting for the disk.
 */
final class Journal implements AutoCloseable {
  private final Path folder;
  private final FolderLock lock;
  private final long maxBytes;
  private final long segmentBytes;
  private final ArrayDeque<JournalSegment> segments = new ArrayDeque<>();
  private long nextNumber;

  /** For those who must not wait for a write to the disk; written under the monitor alone. */
  private volatile boolean empty = true;

  private volatile long unread;

  /** Records read together, and where reading goes on after them. */
  record Chunk(List<LogRecord> records, long segment, long end) {}

  private Journal(Path folder, FolderLock lock, long maxBytes, long segmentBytes) {
    this.folder = folder;
    this.lock = lock;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Opens the journal of a folder with what an earlier process left in it; a record cut off by a
   * crash was never promised and is not read.
   *
   * @throws IllegalStateException if a journal of this or another process has the folder open
   */
  static Journal open(Path folder, long maxBytes, long segmentBytes) {
    try {
      Files.createDirectories(folder);
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        JournalSegment.forceFolder(parent);
      }
      Journal journal = new Journal(folder, lock(folder), maxBytes, segmentBytes);
      try {
        journal.recover();
      } catch (IOException | RuntimeException e) {
        journal.close();
        throw e;
      }
      return journal;
    } catch (IOException e) {
      throw new UncheckedIOException("journal " + folder + " can't be opened", e);
    }
  }

  /** A second journal would replay and delete what the first still writes. */
  private static FolderLock lock(Path folder) throws IOException {
    return FolderLock.take(
        folder,
        "lock",
        "another server is using the journal in "
            + folder
            + "; stop it or give this one a home of its own");
  }

  private synchronized void recover() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.sorted().toList();
    }
    // also past what lies beside deleted segments: a new one would take it for its own
    nextNumber = 1 + left.stream().mapToLong(JournalSegment::numberOf).max().orElse(-1);
    for (Path file : left.stream().filter(JournalSegment::isSegment).toList()) {
      JournalSegment segment = JournalSegment.recover(file);
      if (segment.isRead()) {
        segment.delete();
      } else {
        segments.add(segment);
      }
    }
    count();
  }

  private void count() {
    empty = segments.isEmpty();
    unread = segments.stream().mapToLong(JournalSegment::unread).sum();
  }

  /**
   * @throws LogFullException if the records don't fit; then none is kept
   */
  synchronized void append(List<LogRecord> records) {
    ByteBuffer bytes = JournalSegment.encode(records);
    long used = bytes();
    if (used + bytes.remaining() > maxBytes) {
      throw new LogFullException(
          "the journal holds " + used + " bytes of at most " + maxBytes + "; try again later");
    }
    try {
      requireOpen();
      JournalSegment last = segments.peekLast();
      if (last == null || last.size() >= segmentBytes) {
        last = JournalSegment.create(folder, nextNumber++);
        segments.add(last);
      }
      last.append(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("journal " + folder + " can't be written", e);
    } finally {
      count();
    }
  }

  /** The oldest records, at most {@code limit}; stays the same until {@link #release}. */
  synchronized Chunk peek(int limit) {
    JournalSegment first = segments.peekFirst();
    if (first == null) {
      return new Chunk(List.of(), -1, 0);
    }
    try {
      List<LogRecord> records = new ArrayList<>();
      long end = first.read(limit, records);
      return new Chunk(records, first.number(), end);
    } catch (IOException e) {
      throw new UncheckedIOException("journal " + folder + " can't be read", e);
    }
  }

  /** Forgets the chunk and everything before it. */
  synchronized void release(Chunk chunk) {
    JournalSegment first = segments.peekFirst();
    if (first == null || first.number() != chunk.segment()) {
      return;
    }
    try {
      requireOpen();
      first.readUpTo(chunk.end());
      if (first.isRead()) {
        segments.removeFirst();
        first.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("journal " + folder + " can't be written", e);
    } finally {
      count();
    }
  }

  boolean isEmpty() {
    return empty;
  }

  /** Bytes not yet released. */
  long bytes() {
    return unread;
  }

  boolean isFull() {
    return bytes() >= maxBytes - maxBytes / 100;
  }

  /** The folder may be another journal's by now. */
  private void requireOpen() throws ClosedChannelException {
    if (!lock.isHeld()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public synchronized void close() {
    try (lock) {
      for (JournalSegment segment : segments) {
        segment.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("journal " + folder + " can't be closed", e);
    }
  }
}
