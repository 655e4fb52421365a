package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One version of one space. In a COSINE space vectors are kept at length 1, so that a zero vector,
 * which has no direction, is refused there. Thread-safe.
 */
public interface VectorIndex {
  /** The largest number of neighbours one search may ask for. */
  int MAX_K = 10_000;

  VectorSpace space();

  /**
   * Inserts or replaces by item id; of equal ids in one call the last stays. Visible to searches of
   * this process after {@link #refresh}, or within a second.
   *
   * @throws IllegalArgumentException if an embedding is of another space, or zero in a COSINE space
   * @throws VectorIndexException if the index can't be reached
   */
  void upsert(Collection<IndexedItem> items);

  /** Removes by item id; absent ones are fine. */
  void delete(Collection<ItemId> items);

  /**
   * The k most similar items that pass the filter, nearest first; fewer if fewer pass.
   *
   * @throws IllegalArgumentException if the query is of another space, or zero in a COSINE space,
   *     or k is not in [1, {@value #MAX_K}]
   * @throws VectorIndexException if the index can't be reached
   */
  List<Neighbour> search(Embedding query, int k, SearchFilter filter);

  /**
   * The item as it was last written, also before it is visible to searches; for who changes what is
   * there. A remote index may take a fifth of a second for that.
   */
  Optional<IndexedItem> find(ItemId item);

  /** Those of the items that are there, as by {@link #find}; in one call where that is remote. */
  default Map<ItemId, IndexedItem> findAll(Collection<ItemId> items) {
    Map<ItemId, IndexedItem> found = new HashMap<>();
    items.forEach(id -> find(id).ifPresent(item -> found.put(id, item)));
    return found;
  }

  /** The stored embedding of an item, at least as new as what searches see; quick. */
  default Optional<Embedding> get(ItemId item) {
    return find(item).map(IndexedItem::embedding);
  }

  /** Those of the items that are there, as by {@link #get}; in few calls where that is remote. */
  default Map<ItemId, Embedding> getAll(Collection<ItemId> items) {
    Map<ItemId, Embedding> found = new HashMap<>();
    items.forEach(id -> get(id).ifPresent(embedding -> found.put(id, embedding)));
    return found;
  }

  /**
   * Visits every item as it was last written, in no certain order, without holding them all in
   * memory. An item that is not written meanwhile is visited once; one that is, with its old or its
   * new content, or both.
   *
   * @throws VectorIndexException if the index can't be read to its end
   */
  void forEach(Consumer<IndexedItem> visitor);

  /** Makes all earlier changes durable and visible. */
  void refresh();

  /**
   * Brings the index into the form that is fastest to search; worth its time after a bulk build.
   * Implies {@link #refresh}.
   */
  void compact();

  /** Number of visible items. */
  long size();
}
