package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Indexes that jobs and server of this process have in common: a folder of Lucene has one writer.
 * Jobs carry a name through Flink's serialisation and find the indexes by it; closing what they
 * open does nothing, the owner closes.
 */
final class SharedIndexes implements VectorIndexes {
  private static final Map<String, SharedIndexes> PUBLISHED = new ConcurrentHashMap<>();

  private final String name;
  private final VectorIndexes owned;

  private SharedIndexes(String name, VectorIndexes owned) {
    this.name = name;
    this.owned = owned;
  }

  /**
   * @param name unique in this process, such as the folder
   * @throws IllegalStateException if the name is taken
   */
  static SharedIndexes publish(String name, VectorIndexes indexes) {
    SharedIndexes shared = new SharedIndexes(name, indexes);
    if (PUBLISHED.putIfAbsent(name, shared) != null) {
      throw new IllegalStateException("the index " + name + " is open already in this process");
    }
    return shared;
  }

  /**
   * @throws NullPointerException naming the index if it is not published here
   */
  static VectorIndexes named(String name) {
    return Objects.requireNonNull(
        PUBLISHED.get(name), () -> "the index " + name + " is not open in this process");
  }

  /** Ends the sharing and closes the indexes. */
  void closeOwned() {
    PUBLISHED.remove(name);
    owned.close();
  }

  @Override
  public VectorIndex openOrCreate(VectorSpace space) {
    return owned.openOrCreate(space);
  }

  @Override
  public Optional<VectorIndex> find(String spaceName, String modelVersion) {
    return owned.find(spaceName, modelVersion);
  }

  @Override
  public Optional<VectorIndex> active(String spaceName) {
    return owned.active(spaceName);
  }

  @Override
  public void activate(VectorSpace space) {
    owned.activate(space);
  }

  @Override
  public List<VectorSpace> versions(String spaceName) {
    return owned.versions(spaceName);
  }

  @Override
  public void drop(VectorSpace space) {
    owned.drop(space);
  }

  @Override
  public void close() {
    // the owner closes
  }
}
