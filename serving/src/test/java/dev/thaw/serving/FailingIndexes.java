package dev.thaw.serving;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The real indexes behind a line that can be cut or made to hang. */
final class FailingIndexes implements VectorIndexes {
  private final VectorIndexes indexes;
  private final Trouble trouble;

  FailingIndexes(VectorIndexes indexes, Trouble trouble) {
    this.indexes = indexes;
    this.trouble = trouble;
  }

  private VectorIndex failing(VectorIndex index) {
    return new VectorIndex() {
      @Override
      public VectorSpace space() {
        return index.space();
      }

      @Override
      public void upsert(Collection<IndexedItem> items) {
        index.upsert(items);
      }

      @Override
      public void delete(Collection<ItemId> items) {
        index.delete(items);
      }

      @Override
      public List<Neighbour> search(Embedding query, int k, SearchFilter filter) {
        trouble.pass(() -> new VectorIndexException("connection refused"));
        return index.search(query, k, filter);
      }

      @Override
      public Optional<IndexedItem> find(ItemId item) {
        trouble.pass(() -> new VectorIndexException("connection refused"));
        return index.find(item);
      }

      @Override
      public Optional<Embedding> get(ItemId item) {
        trouble.pass(() -> new VectorIndexException("connection refused"));
        return index.get(item);
      }

      @Override
      public Map<ItemId, Embedding> getAll(Collection<ItemId> items) {
        trouble.pass(() -> new VectorIndexException("connection refused"));
        return index.getAll(items);
      }

      @Override
      public void forEach(Consumer<IndexedItem> visitor) {
        trouble.pass(() -> new VectorIndexException("connection refused"));
        index.forEach(visitor);
      }

      @Override
      public void compact() {
        index.compact();
      }

      @Override
      public void refresh() {
        index.refresh();
      }

      @Override
      public long size() {
        return index.size();
      }
    };
  }

  @Override
  public VectorIndex openOrCreate(VectorSpace space) {
    return failing(indexes.openOrCreate(space));
  }

  @Override
  public Optional<VectorIndex> find(String spaceName, String modelVersion) {
    return indexes.find(spaceName, modelVersion).map(this::failing);
  }

  @Override
  public Optional<VectorIndex> active(String spaceName) {
    return indexes.active(spaceName).map(this::failing);
  }

  @Override
  public void activate(VectorSpace space) {
    indexes.activate(space);
  }

  @Override
  public List<VectorSpace> versions(String spaceName) {
    return indexes.versions(spaceName);
  }

  @Override
  public SpaceWriter writer(String spaceName) {
    return indexes.writer(spaceName);
  }

  @Override
  public void drop(VectorSpace space) {
    indexes.drop(space);
  }

  @Override
  public void close() {
    indexes.close();
  }
}
