package dev.thaw.vectorindex.lucene;

import dev.thaw.vectorindex.VectorIndexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NativeFSLockFactory;
import org.jspecify.annotations.Nullable;

/** A folder of indexes, opened once in the process and counted by its users. Thread-safe. */
final class LuceneFolder {
  private static final String LOCK = "thaw.lock";
  private static final Map<Path, LuceneFolder> OPEN = new HashMap<>();

  private final Path path;
  private final HnswSettings settings;
  private final LongSupplier nanos;
  private final FSDirectory directory;
  private final Lock lock;
  private final Map<String, LuceneSpace> spaces = new HashMap<>();
  private int users;

  private LuceneFolder(Path path, HnswSettings settings, LongSupplier nanos) throws IOException {
    this.path = path;
    this.settings = settings;
    this.nanos = nanos;
    this.directory = FSDirectory.open(path, NativeFSLockFactory.INSTANCE);
    this.lock = directory.obtainLock(LOCK);
  }

  static LuceneFolder open(Path folder, HnswSettings settings) {
    synchronized (OPEN) {
      try {
        Files.createDirectories(folder);
        Path path = folder.toRealPath();
        @Nullable LuceneFolder there = OPEN.get(path);
        LuceneFolder used =
            there == null ? new LuceneFolder(path, settings, System::nanoTime) : there;
        OPEN.put(path, used);
        used.users++;
        return used;
      } catch (LockObtainFailedException e) {
        throw new VectorIndexException(
            "indexes in " + folder + " are in use by another process: only one can write there", e);
      } catch (IOException e) {
        throw new VectorIndexException("indexes in " + folder + " can't be opened: " + e, e);
      }
    }
  }

  Path path() {
    return path;
  }

  LuceneSpace space(String name) {
    synchronized (spaces) {
      return spaces.computeIfAbsent(
          name, any -> new LuceneSpace(name, path.resolve(FolderNames.of(name)), settings, nanos));
    }
  }

  /** One user less; the last one closes everything. */
  void release() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(path);
        close();
      }
    }
  }

  private void close() {
    try (FSDirectory closing = directory;
        Lock released = lock) {
      closeSpaces();
    } catch (IOException e) {
      throw new VectorIndexException("indexes in " + path + " can't be closed: " + e, e);
    }
  }

  private void closeSpaces() {
    @Nullable VectorIndexException fault = null;
    synchronized (spaces) {
      for (LuceneSpace each : spaces.values()) {
        try {
          each.close();
        } catch (VectorIndexException e) {
          fault = e;
        }
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
