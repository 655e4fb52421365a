package dev.thaw.vectorindex.exact;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Exact indexes in memory; nothing outlives the process. */
public final class ExactIndexes implements VectorIndexes {
  private static final Map<String, ExactIndexes> SHARED = new ConcurrentHashMap<>();

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, Map<String, ExactIndex>> spaces = new HashMap<>();
  private final Map<String, String> active = new HashMap<>();

  /** The indexes that go by this name in the process; they stay until the process ends. */
  public static ExactIndexes shared(String name) {
    return SHARED.computeIfAbsent(name, any -> new ExactIndexes());
  }

  @Override
  public VectorIndex openOrCreate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      ExactIndex index =
          spaces
              .computeIfAbsent(space.name(), name -> new LinkedHashMap<>())
              .computeIfAbsent(space.modelVersion(), version -> new ExactIndex(space));
      index.space().requireSame(space);
      return index;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public Optional<VectorIndex> find(String spaceName, String modelVersion) {
    lock.readLock().lock();
    try {
      return Optional.ofNullable(versionsOf(spaceName).get(modelVersion));
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public Optional<VectorIndex> active(String spaceName) {
    lock.readLock().lock();
    try {
      @Nullable String version = active.get(spaceName);
      return version == null
          ? Optional.empty()
          : Optional.ofNullable(versionsOf(spaceName).get(version));
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void activate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      @Nullable ExactIndex index = versionsOf(space.name()).get(space.modelVersion());
      if (index == null) {
        throw new IllegalArgumentException("there is no index " + space.key() + " to activate");
      }
      index.space().requireSame(space);
      active.put(space.name(), space.modelVersion());
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<VectorSpace> versions(String spaceName) {
    return open(spaceName).stream().map(VectorIndex::space).toList();
  }

  @Override
  public SpaceWriter writer(String spaceName) {
    return new SpaceWriter(() -> open(spaceName), lock.readLock());
  }

  @Override
  public void drop(VectorSpace space) {
    lock.writeLock().lock();
    try {
      if (space.modelVersion().equals(active.get(space.name()))) {
        throw new IllegalStateException(
            "index " + space.key() + " is the active one and can't be dropped");
      }
      @Nullable Map<String, ExactIndex> versions = spaces.get(space.name());
      @Nullable ExactIndex index = versions == null ? null : versions.remove(space.modelVersion());
      if (index != null) {
        index.drop();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {}

  private List<ExactIndex> open(String spaceName) {
    lock.readLock().lock();
    try {
      return new ArrayList<>(versionsOf(spaceName).values());
    } finally {
      lock.readLock().unlock();
    }
  }

  private Map<String, ExactIndex> versionsOf(String spaceName) {
    return spaces.getOrDefault(spaceName, Map.of());
  }
}
