package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.KeptVectors;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one item.
 *
 * @param right what to write instead; null where it is to be deleted or nothing can be done
 */
record Finding(ItemId item, Set<Difference> differences, @Nullable IndexedItem right) {
  /** Stores and indexes keep 32 bits; an index may have brought the vector to length 1. */
  private static final double TOLERANCE = 1e-5;

  boolean isNothing() {
    return differences.isEmpty();
  }

  boolean isToBeDeleted() {
    return differences.contains(Difference.ORPHAN)
        || differences.contains(Difference.WITHOUT_CONTENT);
  }

  /** Whether its rows are to be deleted before {@link #right} is written: that may leave one. */
  boolean isDouble() {
    return differences.contains(Difference.DOUBLE);
  }

  boolean canBeMended() {
    return right != null || isToBeDeleted();
  }

  static Finding orphan(ItemId item) {
    return new Finding(item, Set.of(Difference.ORPHAN), null);
  }

  /** Of an item with more than one row in the index. */
  static Finding ofDouble(IndexedItem there, Wanted wanted, Truth truth) {
    Finding one = of(there, wanted, truth);
    if (one.isToBeDeleted()) {
      return one.asDouble();
    }
    @Nullable Embedding vector = wanted.vector();
    // of several rows nothing says which is the newest
    IndexedItem right = wanted.with(vector == null ? there.embedding() : vector);
    return new Finding(one.item(), one.asDouble().differences(), right);
  }

  /** The same of an item with more than one row. */
  Finding asDouble() {
    Set<Difference> all = EnumSet.of(Difference.DOUBLE);
    all.addAll(differences);
    return new Finding(item, all, right);
  }

  /** Of an item that is not in the index. */
  static Finding absent(Wanted wanted) {
    ItemId id = wanted.item().itemId();
    if (!wanted.indexed()) {
      return new Finding(id, Set.of(), null);
    }
    @Nullable Embedding vector = wanted.vector();
    return vector == null
        ? new Finding(id, Set.of(Difference.NOT_ENCODED), null)
        : new Finding(id, Set.of(Difference.MISSING), wanted.with(vector));
  }

  /** Of an item that is in the index. */
  static Finding of(IndexedItem there, Wanted wanted, Truth truth) {
    if (!wanted.indexed()) {
      return new Finding(there.itemId(), Set.of(Difference.WITHOUT_CONTENT), null);
    }
    Set<Difference> found = EnumSet.noneOf(Difference.class);
    CatalogueItem item = wanted.item();
    if (!there.domain().equals(item.domain())) {
      found.add(Difference.DOMAIN);
    }
    if (there.cold() != wanted.cold()) {
      found.add(Difference.COLD);
    }
    if (there.available() != item.available()) {
      found.add(Difference.AVAILABLE);
    }
    @Nullable Embedding vector = truth.knowsVectors() ? wanted.vector() : there.embedding();
    if (vector == null) {
      found.add(Difference.NOT_ENCODED);
    } else if (isFar(there, wanted.with(vector))) {
      found.add(Difference.VECTOR);
    }
    IndexedItem right = wanted.with(vector == null ? there.embedding() : vector);
    boolean onlyUnencoded = found.size() == 1 && found.contains(Difference.NOT_ENCODED);
    return new Finding(there.itemId(), found, onlyUnencoded ? null : right);
  }

  private static boolean isFar(IndexedItem there, IndexedItem wanted) {
    float[] kept = new KeptVectors(there.embedding().space()).of(wanted);
    for (int i = 0; i < kept.length; i++) {
      double scale = Math.max(1, Math.abs(kept[i]));
      if (Math.abs(kept[i] - there.embedding().get(i)) > TOLERANCE * scale) {
        return true;
      }
    }
    return false;
  }
}
