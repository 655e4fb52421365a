package dev.thaw.vectorindex.milvus;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Indexes in a Milvus server: a collection for each version, an alias for the active one, which
 * Milvus moves atomically.
 *
 * <p>Writers of this process reach a new version as {@link #openOrCreate} says; those of other
 * processes from their next call on. Whoever builds a version while other processes write takes the
 * copy of the catalogue a call's time after it made the version.
 */
public final class MilvusIndexes implements VectorIndexes {
  private static final String PREFIX = "thaw";

  private final MilvusCalls milvus;
  private final CollectionNames names;
  private final MilvusCollections collections;
  private final MilvusAliases aliases;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private MilvusIndexes(MilvusCalls milvus, CollectionNames names) {
    this.milvus = milvus;
    this.names = names;
    this.collections = new MilvusCollections(milvus, names);
    this.aliases = new MilvusAliases(milvus);
  }

  /**
   * Indexes of the server at {@code http://host:port} or {@code http://user:password@host:port}. It
   * is connected at the first call and whenever it comes back: it may be away now.
   *
   * @throws IllegalArgumentException if the address is not of that form
   */
  public static MilvusIndexes open(String uri) {
    return open(uri, PREFIX);
  }

  /** As {@link #open(String)}; all names in the server start with the prefix. */
  public static MilvusIndexes open(String uri, String prefix) {
    return new MilvusIndexes(new MilvusCalls(uri), new CollectionNames(prefix));
  }

  @Override
  public VectorIndex openOrCreate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      String collection = names.collection(space);
      Optional<VectorSpace> there = collections.read(collection);
      if (there.isPresent()) {
        requireSame(there.get(), space, collection);
        collections.load(collection);
      } else {
        collections.create(collection, space);
      }
      return new MilvusIndex(space, collection, milvus);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void requireSame(VectorSpace there, VectorSpace wanted, String collection) {
    if (!there.equals(wanted)) {
      throw new IllegalArgumentException(
          "collection " + collection + " holds " + there + ", asked for was " + wanted);
    }
  }

  @Override
  public Optional<VectorIndex> find(String spaceName, String modelVersion) {
    return index(names.collection(spaceName, modelVersion));
  }

  @Override
  public Optional<VectorIndex> active(String spaceName) {
    return activeSpace(spaceName).map(space -> index(space, names.collection(space)));
  }

  private Optional<VectorSpace> activeSpace(String spaceName) {
    return collections.read(names.activeAlias(spaceName));
  }

  private Optional<VectorIndex> index(String collection) {
    return collections.read(collection).map(space -> index(space, collection));
  }

  private VectorIndex index(VectorSpace space, String collection) {
    return new MilvusIndex(space, collection, milvus);
  }

  @Override
  public void activate(VectorSpace space) {
    lock.writeLock().lock();
    try {
      String collection = names.collection(space);
      VectorSpace there =
          collections
              .read(collection)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no index " + space.key() + " to activate"));
      requireSame(there, space, collection);
      collections.load(collection);
      String alias = names.activeAlias(space.name());
      aliases.point(alias, collection, collections.read(alias).isPresent());
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<VectorSpace> versions(String spaceName) {
    return collections.versions(spaceName);
  }

  @Override
  public SpaceWriter writer(String spaceName) {
    return new SpaceWriter(
        () ->
            versions(spaceName).stream()
                .map(space -> index(space, names.collection(space)))
                .toList(),
        lock.readLock());
  }

  @Override
  public void drop(VectorSpace space) {
    lock.writeLock().lock();
    try {
      boolean active =
          activeSpace(space.name())
              .filter(each -> each.modelVersion().equals(space.modelVersion()))
              .isPresent();
      if (active) {
        throw new IllegalStateException(
            "index " + space.key() + " is the active one and can't be dropped");
      }
      collections.drop(names.collection(space));
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    milvus.close();
  }
}
