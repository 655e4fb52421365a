package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.KeptVectors;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * One version in one folder: Lucene's HNSW graphs, memory-mapped, one or a few segments.
 *
 * <p>Changes show to searches within a second through near-real-time readers; {@link #find} sees
 * them at once. While nobody reads, as in a bulk build, readers are not renewed, which keeps
 * segments large; the first read after that waits for a new one. Commits happen on {@link #refresh}
 * and every {@value IndexUpkeep#COMMIT_SECONDS} seconds.
 */
final class LuceneIndex implements VectorIndex, AutoCloseable {
  private static final Comparator<Neighbour> NEAREST_FIRST =
      Comparator.comparingDouble(Neighbour::similarity).reversed().thenComparing(Neighbour::itemId);

  private final VectorSpace space;
  private final Path folder;
  private final HnswSettings settings;
  private final KeptVectors vectors;
  private final IndexWriter writer;
  private final Readers readers;
  private final IndexUpkeep upkeep;

  private LuceneIndex(
      VectorSpace space, Path folder, HnswSettings settings, IndexWriter writer, LongSupplier nanos)
      throws IOException {
    this.space = space;
    this.folder = folder;
    this.settings = settings;
    this.vectors = new KeptVectors(space);
    this.writer = writer;
    this.readers = new Readers(writer, space);
    this.upkeep = new IndexUpkeep(space.key(), writer, readers, nanos);
  }

  /** A new empty index; whatever is in the folder is overwritten. */
  static LuceneIndex create(
      VectorSpace space, Path folder, HnswSettings settings, LongSupplier nanos)
      throws IOException {
    IndexWriter writer = Writers.create(folder, settings);
    return new LuceneIndex(space, folder, settings, writer, nanos);
  }

  /**
   * An index that is there, with every byte checked.
   *
   * @throws IOException if it is damaged
   */
  static LuceneIndex open(VectorSpace space, Path folder, HnswSettings settings, LongSupplier nanos)
      throws IOException {
    IndexWriter writer = Writers.open(folder, settings);
    try {
      return new LuceneIndex(space, folder, settings, writer, nanos);
    } catch (IOException | RuntimeException e) {
      writer.rollback();
      throw e;
    }
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public void upsert(Collection<IndexedItem> items) {
    List<float[]> checked = new ArrayList<>(items.size());
    items.forEach(item -> checked.add(vectors.of(item)));
    change(
        () -> {
          int next = 0;
          for (IndexedItem item : items) {
            float[] vector = checked.get(next++);
            Document document = LuceneFields.document(item, vector, space.metric());
            writer.updateDocument(LuceneFields.term(item.itemId()), document);
            readers.pending().add(item.itemId().value(), Optional.of(vectors.stored(item, vector)));
          }
          upkeep.changed();
        });
  }

  @Override
  public void delete(Collection<ItemId> items) {
    change(
        () -> {
          for (ItemId item : items) {
            writer.deleteDocuments(LuceneFields.term(item));
            readers.pending().delete(item.value());
          }
          upkeep.changed();
        });
  }

  @Override
  public List<Neighbour> search(Embedding query, int k, SearchFilter filter) {
    float[] wanted = vectors.ofQuery(query, k);
    return attempt(
        () -> {
          upkeep.read();
          IndexSearcher searcher = readers.acquire();
          try {
            return search(searcher, wanted, k, filter);
          } finally {
            readers.release(searcher);
          }
        });
  }

  private List<Neighbour> search(IndexSearcher searcher, float[] query, int k, SearchFilter filter)
      throws IOException {
    int breadth = settings.breadthFor(k);
    List<LeafReaderContext> segments = searcher.getIndexReader().leaves();
    List<Neighbour> found = new ArrayList<>(k);
    for (LeafReaderContext segment : segments) {
      SegmentItems items = readers.items(segment.reader());
      ScoreDoc[] hits =
          new SegmentSearch(segment.reader(), items).nearest(query, k, breadth, filter);
      for (int i = 0; i < Math.min(k, hits.length); i++) {
        found.add(
            new Neighbour(
                items.id(hits[i].doc), LuceneFields.similarity(hits[i].score, space.metric())));
      }
    }
    if (segments.size() > 1) {
      found.sort(NEAREST_FIRST);
    }
    return List.copyOf(found.subList(0, Math.min(k, found.size())));
  }

  @Override
  public Optional<IndexedItem> find(ItemId item) {
    return attempt(() -> readers.find(item));
  }

  @Override
  public void forEach(Consumer<IndexedItem> visitor) {
    change(
        () -> {
          readers.renew();
          readers.forEach(visitor);
        });
  }

  @Override
  public void refresh() {
    change(
        () -> {
          upkeep.commit();
          upkeep.renewReaders();
        });
  }

  @Override
  public void compact() {
    change(
        () -> {
          writer.forceMerge(1);
          upkeep.commit();
          upkeep.renewReaders();
        });
  }

  @Override
  public long size() {
    return attempt(
        () -> {
          upkeep.read();
          IndexSearcher searcher = readers.acquire();
          try {
            return (long) searcher.getIndexReader().numDocs();
          } finally {
            readers.release(searcher);
          }
        });
  }

  /** Makes all changes durable and gives the folder free. */
  @Override
  public void close() {
    upkeep.close();
    change(
        () -> {
          try {
            if (writer.isOpen()) {
              writer.commit();
            }
          } finally {
            release();
          }
        });
  }

  /** Gives the folder free without a commit. */
  void abandon() {
    upkeep.close();
    change(
        () -> {
          release();
        });
  }

  private void release() throws IOException {
    readers.close();
    Writers.close(writer);
  }

  private interface Change {
    void run() throws IOException;
  }

  private void change(Change change) {
    attempt(
        () -> {
          change.run();
          return space;
        });
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (AlreadyClosedException e) {
      throw new VectorIndexException(
          "index " + space.key() + " in " + folder + " is closed or was dropped", e);
    } catch (IOException | UncheckedIOException e) {
      throw new VectorIndexException(
          "index " + space.key() + " in " + folder + ": " + e.getMessage(), e);
    }
  }
}
