package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One version of one space. Thread-safe. */
public interface VectorIndex {

  VectorSpace space();

  /**
   * Inserts or replaces by item id. Visible to searches of this process after {@link #refresh}, or
   * within a second.
   *
   * @throws IllegalArgumentException if an embedding is of another space
   * @throws VectorIndexException if the index can't be reached
   */
  void upsert(Collection<IndexedItem> items);

  /** Removes by item id; absent ones are fine. */
  void delete(Collection<ItemId> items);

  /**
   * The k most similar items that pass the filter, nearest first; fewer if fewer pass.
   *
   * @throws IllegalArgumentException if the query is of another space, or k is not in [1, 10000]
   * @throws VectorIndexException if the index can't be reached
   */
  List<Neighbour> search(Embedding query, int k, SearchFilter filter);

  /** The stored embedding of an item. */
  Optional<Embedding> get(ItemId item);

  /** Makes all earlier changes durable and visible. */
  void refresh();

  /** Number of items. */
  long size();
}
