package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of one space name: {@code versions/VERSION/} for each and {@code active.json} beside
 * them. Thread-safe.
 */
final class LuceneSpace {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneSpace.class);

  private record Open(LuceneIndex index, long number) {}

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String name;
  private final Path folder;
  private final HnswSettings settings;
  private final LongSupplier nanos;
  private final Map<String, Open> open = new HashMap<>();
  private final Map<Path, VectorIndexException> damaged = new HashMap<>();

  /** Opens all versions that are there; damaged ones are logged and kept apart. */
  LuceneSpace(String name, Path folder, HnswSettings settings, LongSupplier nanos) {
    this.name = name;
    this.folder = folder;
    this.settings = settings;
    this.nanos = nanos;
    for (Path each : versionFolders()) {
      try {
        VersionFile.Version version = VersionFile.readVersion(each);
        LuceneIndex index = LuceneIndex.open(version.space(), each, settings, nanos);
        open.put(version.space().modelVersion(), new Open(index, version.number()));
      } catch (IOException | RuntimeException e) {
        VectorIndexException fault =
            new VectorIndexException(
                "index in " + each + " is damaged, drop it and build it again: " + e.getMessage(),
                e);
        LOG.error("{}", fault.getMessage(), e);
        damaged.put(each, fault);
      }
    }
  }

  private List<Path> versionFolders() {
    Path versions = folder.resolve("versions");
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> each = Files.list(versions)) {
      return each.filter(version -> Files.exists(version.resolve(VersionFile.SPACE)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new VectorIndexException("indexes in " + versions + " can't be listed", e);
    }
  }

  private Path folderOf(String modelVersion) {
    return folder.resolve("versions").resolve(FolderNames.of(modelVersion));
  }

  LuceneIndex openOrCreate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      Path place = folderOf(space.modelVersion());
      @Nullable Open there = open.get(space.modelVersion());
      if (there != null) {
        requireSame(there.index().space(), space, place);
        return there.index();
      }
      requireSound(place);
      return create(space, place);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void requireSame(VectorSpace there, VectorSpace wanted, Path place) {
    if (!there.equals(wanted)) {
      throw new IllegalArgumentException(
          "index in " + place + " holds " + there + ", asked for was " + wanted);
    }
  }

  private void requireSound(Path place) {
    @Nullable VectorIndexException fault = damaged.get(place);
    if (fault != null) {
      throw new VectorIndexException("index in " + place + " is damaged", fault);
    }
  }

  private LuceneIndex create(VectorSpace space, Path place) {
    try {
      IOUtils.rm(place); // a half-made one has no space.json
      Files.createDirectories(place);
      LuceneIndex index = LuceneIndex.create(space, place, settings, nanos);
      long number = open.values().stream().mapToLong(Open::number).max().orElse(0) + 1;
      VersionFile.writeVersion(place, new VersionFile.Version(space, number));
      open.put(space.modelVersion(), new Open(index, number));
      return index;
    } catch (IOException e) {
      throw new VectorIndexException(
          "index " + space.key() + " can't be made in " + place + ": " + e.getMessage(), e);
    }
  }

  Optional<VectorIndex> find(String modelVersion) {
    lock.readLock().lock();
    try {
      @Nullable Open there = open.get(modelVersion);
      if (there == null) {
        requireSound(folderOf(modelVersion));
        return Optional.empty();
      }
      return Optional.of(there.index());
    } finally {
      lock.readLock().unlock();
    }
  }

  Optional<VectorIndex> active() {
    return activeVersion().flatMap(this::find);
  }

  private Optional<String> activeVersion() {
    lock.readLock().lock();
    try {
      return Files.exists(folder.resolve(VersionFile.ACTIVE))
          ? Optional.of(VersionFile.readActive(folder))
          : Optional.empty();
    } catch (IOException e) {
      throw new VectorIndexException(
          "active version of " + name + " can't be read: " + e.getMessage(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  void activate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      Path place = folderOf(space.modelVersion());
      @Nullable Open there = open.get(space.modelVersion());
      if (there == null) {
        requireSound(place);
        throw new IllegalArgumentException("there is no index " + space.key() + " to activate");
      }
      requireSame(there.index().space(), space, place);
      there.index().refresh();
      VersionFile.writeActive(folder, space.modelVersion());
    } catch (IOException e) {
      throw new VectorIndexException("index " + space.key() + " can't be activated", e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  List<LuceneIndex> versions() {
    lock.readLock().lock();
    try {
      return open.values().stream()
          .sorted(Comparator.comparingLong(Open::number))
          .map(Open::index)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  SpaceWriter writer() {
    return new SpaceWriter(this::versions, lock.readLock());
  }

  void drop(VectorSpace space) {
    lock.writeLock().lock();
    try {
      if (activeVersion().filter(space.modelVersion()::equals).isPresent()) {
        throw new IllegalStateException(
            "index " + space.key() + " is the active one and can't be dropped");
      }
      Path place = folderOf(space.modelVersion());
      Files.deleteIfExists(place.resolve(VersionFile.SPACE));
      @Nullable Open there = open.remove(space.modelVersion());
      if (there != null) {
        there.index().abandon();
      }
      damaged.remove(place);
      IOUtils.rm(place);
    } catch (IOException e) {
      throw new VectorIndexException("index " + space.key() + " can't be dropped", e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Commits and closes all versions; the first fault is thrown at the end. */
  void close() {
    lock.writeLock().lock();
    try {
      List<VectorIndexException> faults = new ArrayList<>();
      for (Open each : open.values()) {
        try {
          each.index().close();
        } catch (VectorIndexException e) {
          faults.add(e);
        }
      }
      open.clear();
      if (!faults.isEmpty()) {
        throw faults.get(0);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
