package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.IndexedItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LiveFieldValues;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The current view of an index, and what was written since. */
final class Readers implements AutoCloseable {
  private final VectorSpace space;
  private final SearcherManager searchers;
  private final Pending pending;
  private final Map<IndexReader.CacheKey, SegmentItems> items = new ConcurrentHashMap<>();

  Readers(IndexWriter writer, VectorSpace space) throws IOException {
    this.space = space;
    this.searchers = new SearcherManager(writer, new WithItemsInMemory());
    this.pending = new Pending();
  }

  IndexSearcher acquire() throws IOException {
    return searchers.acquire();
  }

  void release(IndexSearcher searcher) throws IOException {
    searchers.release(searcher);
  }

  /** Waits until everything written before is visible. */
  void renew() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  /** Items written since the last renewal, empty where deleted. */
  LiveFieldValues<IndexSearcher, Optional<IndexedItem>> pending() {
    return pending;
  }

  Optional<IndexedItem> find(ItemId item) throws IOException {
    @Nullable Optional<IndexedItem> found = pending.get(item.value());
    return found == null ? Optional.empty() : found;
  }

  /** Everything that is visible now. */
  void forEach(Consumer<IndexedItem> visitor) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      for (LeafReaderContext each : searcher.getIndexReader().leaves()) {
        forEach(each.reader(), visitor);
      }
    } finally {
      searchers.release(searcher);
    }
  }

  private void forEach(LeafReader segment, Consumer<IndexedItem> visitor) throws IOException {
    @Nullable FloatVectorValues vectors = segment.getFloatVectorValues(LuceneFields.VECTOR);
    if (vectors == null) {
      return;
    }
    @Nullable Bits live = segment.getLiveDocs();
    SegmentItems known = items(segment);
    int document = vectors.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS) {
      if (live == null || live.get(document)) {
        visitor.accept(item(known, document, vectors));
      }
      document = vectors.nextDoc();
    }
  }

  private IndexedItem item(SegmentItems known, int document, FloatVectorValues vectors)
      throws IOException {
    return new IndexedItem(
        known.id(document),
        known.domain(document),
        known.isCold(document),
        known.isAvailable(document),
        Embedding.copyOf(space, vectors.vectorValue()));
  }

  SegmentItems items(LeafReader segment) {
    IndexReader.CacheHelper core = segment.getCoreCacheHelper();
    @Nullable SegmentItems known = items.get(core.getKey());
    if (known != null) {
      return known;
    }
    return items.computeIfAbsent(
        core.getKey(),
        key -> {
          try {
            core.addClosedListener(items::remove);
            return new SegmentItems(segment);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    searchers.close();
  }

  /** Reads ids and flags of new segments before the first search meets them. */
  private final class WithItemsInMemory extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
      reader.leaves().forEach(segment -> items(segment.reader()));
      return new IndexSearcher(reader);
    }
  }

  private final class Pending extends LiveFieldValues<IndexSearcher, Optional<IndexedItem>> {
    Pending() {
      super(searchers, Optional.empty());
    }

    @Override
    protected @Nullable Optional<IndexedItem> lookupFromSearcher(IndexSearcher searcher, String id)
        throws IOException {
      for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
        int document = document(segment.reader(), new BytesRef(id));
        if (document >= 0) {
          return Optional.of(read(segment.reader(), document));
        }
      }
      return null;
    }

    private int document(LeafReader segment, BytesRef id) throws IOException {
      @Nullable Terms terms = segment.terms(LuceneFields.ID);
      TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
      if (!each.seekExact(id)) {
        return -1;
      }
      @Nullable Bits live = segment.getLiveDocs();
      PostingsEnum documents = each.postings(null, PostingsEnum.NONE);
      int document = documents.nextDoc();
      while (document != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(document)) {
          return document;
        }
        document = documents.nextDoc();
      }
      return -1;
    }

    private IndexedItem read(LeafReader segment, int document) throws IOException {
      FloatVectorValues vectors = segment.getFloatVectorValues(LuceneFields.VECTOR);
      vectors.advance(document);
      return item(items(segment), document, vectors);
    }
  }
}
