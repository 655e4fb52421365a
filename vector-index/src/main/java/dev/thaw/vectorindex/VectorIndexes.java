package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;
import java.util.Optional;

/**
 * All indexes of an installation: for each space name any number of versions, one of them active. A
 * new version is built beside the old one; writers that go through {@link #writer} reach every open
 * version whose dimension and metric they can serve; {@link #activate} swaps atomically.
 * Thread-safe.
 */
public interface VectorIndexes extends AutoCloseable {

  /**
   * Opens the version {@code space.modelVersion()} of {@code space.name()}, creating it if absent.
   */
  VectorIndex openOrCreate(VectorSpace space);

  /** The named version if it exists. */
  Optional<VectorIndex> find(String spaceName, String modelVersion);

  /** The active version of a space, if one was ever activated. */
  Optional<VectorIndex> active(String spaceName);

  /** Makes a version the active one, atomically; the old one stays until {@link #drop}. */
  void activate(VectorSpace space);

  /** Versions of a space, oldest first. */
  List<VectorSpace> versions(String spaceName);

  /**
   * Removes a version for good.
   *
   * @throws IllegalStateException if it is the active one
   */
  void drop(VectorSpace space);

  @Override
  void close();
}
