package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.SearchFilter;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * One search in one segment: through the graph, or by comparing all documents that pass where that
 * is cheaper.
 *
 * <p>A graph search looks at about {@value #VISITS} x breadth documents where all pass, and
 * collects only those that pass; where a share s of n documents passes it looks at 1/s times as
 * many. A search under a filter therefore collects 1.5 s breadth of them (at least 1.25 k, at most
 * breadth), which is the neighbourhood that the same search without a filter sees, and half as much
 * again. Comparing all that pass costs s n, so the graph is left aside if (s n)^2 < {@value
 * #VISITS} x collected x n. A graph search that has looked at s n documents, or found fewer than k,
 * is given up for the comparison: a search costs at most twice the cheaper way.
 *
 * <p>Excluded items are looked up in the set as the search meets them: a set of any size costs
 * nothing before. Only a set that may empty the selection (a quarter of it or more) is taken out of
 * it first, one look-up for each selected document, to know what is left.
 */
final class SegmentSearch {
  private static final int VISITS = 16;
  private static final int LARGE_EXCLUSION = 4;

  private final LeafReader segment;
  private final SegmentItems items;

  SegmentSearch(LeafReader segment, SegmentItems items) {
    this.segment = segment;
    this.items = items;
  }

  /** At least k documents of this segment, if as many pass, with Lucene's scores, best first. */
  ScoreDoc[] nearest(float[] query, int k, int breadth, SearchFilter filter) throws IOException {
    SegmentItems.Selection selection = items.select(filter);
    Set<ItemId> excluded = filter.excluded();
    if (!excluded.isEmpty() && (long) excluded.size() * LARGE_EXCLUSION >= selection.size()) {
      selection = without(selection, excluded);
      excluded = Set.of();
    }
    if (selection.size() == 0) {
      return new ScoreDoc[0];
    }
    @Nullable Bits passing =
        passing(selection.documents(), segment.getLiveDocs(), new ExcludedItems(excluded, items));
    int collected = collected(selection.size(), k, breadth);
    if (selection.size() <= k || comparingIsCheaper(selection.size(), collected)) {
      return compareAll(query, k, passing);
    }
    TopKnnCollector found = new TopKnnCollector(collected, selection.size());
    segment.searchNearestVectors(LuceneFields.VECTOR, query, found, passing);
    return found.earlyTerminated() || found.numCollected() < k
        ? compareAll(query, k, passing)
        : found.topDocs().scoreDocs;
  }

  private int collected(long selected, int k, long breadth) {
    long share = 3 * breadth * selected / (2L * items.size());
    return (int) Math.max(k + k / 4, Math.min(breadth, share));
  }

  private boolean comparingIsCheaper(long selected, long collected) {
    return selected * selected < VISITS * collected * items.size();
  }

  private SegmentItems.Selection without(SegmentItems.Selection selection, Set<ItemId> excluded) {
    @Nullable Bits selected = selection.documents();
    FixedBitSet left = new FixedBitSet(items.size());
    int size = 0;
    for (int document = 0; document < items.size(); document++) {
      if ((selected == null || selected.get(document)) && !excluded.contains(items.id(document))) {
        left.set(document);
        size++;
      }
    }
    return new SegmentItems.Selection(left, size);
  }

  private @Nullable Bits passing(
      @Nullable Bits selected, @Nullable Bits live, ExcludedItems excluded) {
    if (excluded.isEmpty() && (selected == null || live == null)) {
      return selected == null ? live : selected;
    }
    return new Bits() {
      @Override
      public boolean get(int document) {
        return (selected == null || selected.get(document))
            && (live == null || live.get(document))
            && !excluded.contains(document);
      }

      @Override
      public int length() {
        return items.size();
      }
    };
  }

  private ScoreDoc[] compareAll(float[] query, int k, @Nullable Bits passing) throws IOException {
    @Nullable FloatVectorValues vectors = segment.getFloatVectorValues(LuceneFields.VECTOR);
    if (vectors == null) {
      return new ScoreDoc[0];
    }
    @Nullable VectorScorer scorer = vectors.scorer(query);
    if (scorer == null) {
      return new ScoreDoc[0];
    }
    DocIdSetIterator documents = scorer.iterator();
    TopKnnCollector best = new TopKnnCollector(Math.min(k, items.size()), Integer.MAX_VALUE);
    int document = nextPassing(passing, 0);
    while (document < items.size()) {
      if (documents.docID() < document) {
        documents.advance(document);
      }
      if (documents.docID() == document) {
        best.collect(document, scorer.score());
      }
      document = nextPassing(passing, document + 1);
    }
    return best.topDocs().scoreDocs;
  }

  private int nextPassing(@Nullable Bits passing, int from) {
    if (passing instanceof FixedBitSet bits) {
      return from >= bits.length() ? items.size() : bits.nextSetBit(from);
    }
    int document = from;
    while (document < items.size() && passing != null && !passing.get(document)) {
      document++;
    }
    return document;
  }
}
