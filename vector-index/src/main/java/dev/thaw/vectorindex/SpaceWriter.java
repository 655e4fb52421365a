package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Writes to all versions of one space name, each in its own vectors. What one version refuses or
 * fails to take still reaches the others, then the first fault is thrown with the further ones
 * suppressed. Versions that are damaged are left out: they answer no search either.
 *
 * <p>Thread-safe; changes of one item that overlap in time may end in either order.
 */
public final class SpaceWriter {
  private final Supplier<? extends Collection<? extends VectorIndex>> versions;
  private final Lock noVersionAppears;

  /**
   * @param versions the healthy versions at the time of each call
   * @param noVersionAppears held during each call; whoever adds a version excludes it meanwhile
   */
  public SpaceWriter(
      Supplier<? extends Collection<? extends VectorIndex>> versions, Lock noVersionAppears) {
    this.versions = versions;
    this.noVersionAppears = noVersionAppears;
  }

  /**
   * Inserts or replaces, in each version what the function gives for its space.
   *
   * @param items asked once per version; an empty list where there is no vector of that space
   */
  public void upsertAll(Function<VectorSpace, ? extends Collection<IndexedItem>> items) {
    onEach(
        index -> {
          Collection<IndexedItem> batch = items.apply(index.space());
          if (!batch.isEmpty()) {
            index.upsert(batch);
          }
        });
  }

  /** Inserts or replaces one item, in each version for whose space the function has a vector. */
  public void upsert(Function<VectorSpace, Optional<IndexedItem>> item) {
    upsertAll(space -> item.apply(space).stream().toList());
  }

  /**
   * Rewrites an item wherever it is indexed, for instance with another flag; versions without it
   * stay so.
   */
  public void update(ItemId item, UnaryOperator<IndexedItem> change) {
    onEach(
        index ->
            index
                .find(item)
                .ifPresent(
                    before -> {
                      IndexedItem after = change.apply(before);
                      if (!after.equals(before)) {
                        index.upsert(List.of(after));
                      }
                    }));
  }

  /** Removes by item id from every version; absent ones are fine. */
  public void delete(Collection<ItemId> items) {
    onEach(index -> index.delete(items));
  }

  /** Makes all earlier changes durable and visible in every version. */
  public void refresh() {
    onEach(VectorIndex::refresh);
  }

  private void onEach(Consumer<VectorIndex> change) {
    RuntimeException fault = null;
    noVersionAppears.lock();
    try {
      for (VectorIndex version : versions.get()) {
        try {
          change.accept(version);
        } catch (IllegalArgumentException | VectorIndexException e) {
          if (fault == null) {
            fault = e;
          } else {
            fault.addSuppressed(e);
          }
        }
      }
    } finally {
      noVersionAppears.unlock();
    }
    if (fault != null) {
      throw fault;
    }
  }
}
