package dev.thaw.vectorindex.exact;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.KeptVectors;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares the query with every item: O(items x dimension) per search. Changes show at once. */
final class ExactIndex implements VectorIndex {
  private static final Comparator<Neighbour> FARTHEST_FIRST =
      Comparator.comparingDouble(Neighbour::similarity)
          .thenComparing(Neighbour::itemId, Comparator.reverseOrder());

  private record Entry(IndexedItem item, float[] vector) {}

  private final VectorSpace space;
  private final KeptVectors vectors;
  private final ConcurrentHashMap<ItemId, Entry> entries = new ConcurrentHashMap<>();
  private volatile boolean dropped;

  ExactIndex(VectorSpace space) {
    this.space = space;
    this.vectors = new KeptVectors(space);
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public void upsert(Collection<IndexedItem> items) {
    requireThere();
    List<Entry> batch = new ArrayList<>(items.size());
    for (IndexedItem item : items) {
      float[] vector = vectors.of(item);
      batch.add(new Entry(vectors.stored(item, vector), vector));
    }
    batch.forEach(entry -> entries.put(entry.item().itemId(), entry));
  }

  @Override
  public void delete(Collection<ItemId> items) {
    requireThere();
    items.forEach(entries::remove);
  }

  @Override
  public List<Neighbour> search(Embedding query, int k, SearchFilter filter) {
    float[] wanted = vectors.ofQuery(query, k);
    requireThere();
    PriorityQueue<Neighbour> nearest = new PriorityQueue<>(FARTHEST_FIRST);
    for (Entry entry : entries.values()) {
      if (!passes(entry.item(), filter)) {
        continue;
      }
      float similarity = InnerProduct.of(wanted, entry.vector(), wanted.length);
      @Nullable Neighbour farthest = nearest.peek();
      if (nearest.size() < k || (farthest != null && similarity >= farthest.similarity())) {
        nearest.add(new Neighbour(entry.item().itemId(), similarity));
        if (nearest.size() > k) {
          nearest.poll();
        }
      }
    }
    return nearest.stream().sorted(FARTHEST_FIRST.reversed()).toList();
  }

  private static boolean passes(IndexedItem item, SearchFilter filter) {
    return (filter.domain() == null || filter.domain().equals(item.domain()))
        && (filter.cold() == null || filter.cold() == item.cold())
        && (filter.available() == null || filter.available() == item.available())
        && !filter.excluded().contains(item.itemId());
  }

  @Override
  public Optional<IndexedItem> find(ItemId item) {
    requireThere();
    return Optional.ofNullable(entries.get(item)).map(Entry::item);
  }

  @Override
  public void forEach(Consumer<IndexedItem> visitor) {
    requireThere();
    entries.values().forEach(entry -> visitor.accept(entry.item()));
  }

  @Override
  public void refresh() {
    requireThere();
  }

  @Override
  public void compact() {
    requireThere();
  }

  @Override
  public long size() {
    requireThere();
    return entries.size();
  }

  void drop() {
    dropped = true;
  }

  private void requireThere() {
    if (dropped) {
      throw new VectorIndexException("index " + space.key() + " was dropped");
    }
  }
}
