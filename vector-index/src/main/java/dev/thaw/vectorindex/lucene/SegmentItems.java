package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.SearchFilter;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What searches need of the items of one immutable segment, in memory: ids and flags by document,
 * and the bit sets of the filters in use. About 84 bytes an item and one bit an item and filter.
 * Deleted documents are still in here. Thread-safe.
 */
final class SegmentItems {
  /** Filters kept per segment; where domains are that many, the sets are made again. */
  private static final int MOST_SELECTIONS = 256;

  /**
   * Documents that pass the flags of a filter.
   *
   * @param documents null for all
   */
  record Selection(@Nullable Bits documents, int size) {}

  private record Flags(
      @Nullable DomainId domain, @Nullable Boolean cold, @Nullable Boolean available) {}

  private final ItemId[] ids;
  private final int[] hashes;
  private final DomainId[] domains;
  private final int[] domainOf;
  private final FixedBitSet cold;
  private final FixedBitSet available;
  private final Map<Flags, Selection> selections = new ConcurrentHashMap<>();

  SegmentItems(LeafReader segment) throws IOException {
    int size = segment.maxDoc();
    ids = new ItemId[size];
    hashes = new int[size];
    domainOf = new int[size];
    cold = new FixedBitSet(Math.max(1, size));
    available = new FixedBitSet(Math.max(1, size));
    BinaryDocValues idValues = LuceneFields.ids(segment);
    SortedDocValues domainValues = LuceneFields.domains(segment);
    NumericDocValues flagValues = LuceneFields.flags(segment);
    domains = new DomainId[domainValues.getValueCount()];
    for (int i = 0; i < domains.length; i++) {
      domains[i] = DomainId.of(domainValues.lookupOrd(i).utf8ToString());
    }
    for (int document = 0; document < size; document++) {
      idValues.advanceExact(document);
      ids[document] = ItemId.of(idValues.binaryValue().utf8ToString());
      hashes[document] = hash(ids[document]);
      domainValues.advanceExact(document);
      domainOf[document] = domainValues.ordValue();
      flagValues.advanceExact(document);
      long flags = flagValues.longValue();
      if (LuceneFields.isCold(flags)) {
        cold.set(document);
      }
      if (LuceneFields.isAvailable(flags)) {
        available.set(document);
      }
    }
  }

  ItemId id(int document) {
    return ids[document];
  }

  int hash(int document) {
    return hashes[document];
  }

  /**
   * Spread over all bits: ids that differ in a last digit are to differ in the lowest bits, too.
   */
  static int hash(ItemId id) {
    return id.hashCode() * 0x9E3779B9 >>> 8;
  }

  DomainId domain(int document) {
    return domains[domainOf[document]];
  }

  boolean isCold(int document) {
    return cold.get(document);
  }

  boolean isAvailable(int document) {
    return available.get(document);
  }

  int size() {
    return ids.length;
  }

  /** Documents that pass the filter but for its excluded items. */
  Selection select(SearchFilter filter) {
    Flags flags = new Flags(filter.domain(), filter.cold(), filter.available());
    @Nullable Selection known = selections.get(flags);
    if (known != null) {
      return known;
    }
    if (selections.size() >= MOST_SELECTIONS) {
      selections.clear();
    }
    Selection made = make(flags);
    selections.put(flags, made);
    return made;
  }

  private Selection make(Flags flags) {
    if (flags.domain() == null && flags.cold() == null && flags.available() == null) {
      return new Selection(null, ids.length);
    }
    FixedBitSet passing = new FixedBitSet(Math.max(1, ids.length));
    int ordinal = ordinal(flags.domain());
    int size = 0;
    for (int document = 0; document < ids.length; document++) {
      if ((flags.domain() == null || domainOf[document] == ordinal)
          && (flags.cold() == null || flags.cold() == cold.get(document))
          && (flags.available() == null || flags.available() == available.get(document))) {
        passing.set(document);
        size++;
      }
    }
    return new Selection(size == ids.length ? null : passing, size);
  }

  private int ordinal(@Nullable DomainId domain) {
    for (int i = 0; i < domains.length; i++) {
      if (domains[i].equals(domain)) {
        return i;
      }
    }
    return -1;
  }
}
