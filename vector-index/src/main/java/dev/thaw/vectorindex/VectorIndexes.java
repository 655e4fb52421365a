package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;
import java.util.Optional;

/**
 * All indexes of an installation: for each space name any number of versions, one of them active.
 *
 * <p>A new version is built beside the old one: {@link #openOrCreate} it, then load it, while
 * whoever writes through {@link #writer} reaches both; {@link #activate} swaps atomically and
 * {@link #drop} removes the old one once nobody reads it. A damaged version fails by name where it
 * is asked for; the others go on. Thread-safe.
 */
public interface VectorIndexes extends AutoCloseable {

  /**
   * Opens the version {@code space.modelVersion()} of {@code space.name()}, creating it if absent.
   * Writes through {@link #writer} that start after this returned reach the version; those before
   * have ended, so that a copy of the catalogue taken now misses none of them.
   *
   * @throws IllegalArgumentException if the version is there with another dimension or metric
   * @throws VectorIndexException naming the place, if it is damaged or can't be reached
   */
  VectorIndex openOrCreate(VectorSpace space);

  /**
   * The named version if it exists.
   *
   * @throws VectorIndexException naming the place, if it is damaged or can't be reached
   */
  Optional<VectorIndex> find(String spaceName, String modelVersion);

  /** The active version of a space, if one was ever activated. */
  Optional<VectorIndex> active(String spaceName);

  /**
   * Makes a version the active one, atomically; the old one stays until {@link #drop}.
   *
   * @throws IllegalArgumentException if there is no such version
   */
  void activate(VectorSpace space);

  /** Versions of a space, oldest first. */
  List<VectorSpace> versions(String spaceName);

  /** Writes to every version of the space, also to those that come later. */
  SpaceWriter writer(String spaceName);

  /**
   * Removes a version for good, damaged or not; an absent one is fine.
   *
   * @throws IllegalStateException if it is the active one
   */
  void drop(VectorSpace space);

  @Override
  void close();
}
