package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.IndexedItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares one index with its truth. The vectors of a batch are in memory, and the ids of all
 * items. The jobs may be writing meanwhile: what looks wrong is looked at once more when everything
 * was seen, and counts only if it still does. For items that were visited twice that is another
 * visit of the whole index.
 */
final class IndexCheck {
  private static final int BATCH = 500;

  private final Truth truth;
  private final KnownItems catalogue;
  private final @Nullable DomainId domain;
  private final LongConsumer progress;
  private final Set<ItemId> seen = new HashSet<>();
  private final Set<ItemId> seenTwice = new HashSet<>();
  private final Set<ItemId> suspects = new LinkedHashSet<>();
  private long looked;

  /**
   * @param domain only items of this one, if given
   * @param progress told the number of items looked at
   */
  IndexCheck(Truth truth, KnownItems catalogue, @Nullable DomainId domain, LongConsumer progress) {
    this.truth = truth;
    this.catalogue = catalogue;
    this.domain = domain;
    this.progress = progress;
  }

  /** Everything that is wrong; mended as far as possible if that is asked for. */
  IndexReport run(boolean repair, int examples) {
    IndexReport report = new IndexReport(truth.index().space().key(), examples);
    lookAtIndex();
    lookAtCatalogue();
    report.compared(looked);
    Set<ItemId> doubles = doubles();
    suspects.addAll(doubles);
    List<ItemId> all = List.copyOf(suspects);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Finding> wrong = again(all.subList(from, Math.min(all.size(), from + BATCH)), doubles);
      wrong.forEach(report::add);
      if (repair) {
        report.mended(mend(wrong));
      }
    }
    if (repair && report.different() > 0) {
      truth.index().refresh();
    }
    return report;
  }

  private void lookAtIndex() {
    List<IndexedItem> batch = new ArrayList<>(BATCH);
    truth
        .index()
        .forEach(
            item -> {
              batch.add(item);
              if (batch.size() == BATCH) {
                compare(batch);
                batch.clear();
              }
            });
    compare(batch);
  }

  private void compare(List<IndexedItem> batch) {
    List<IndexedItem> known = new ArrayList<>(batch.size());
    List<CatalogueItem> records = new ArrayList<>(batch.size());
    for (IndexedItem there : batch) {
      Optional<CatalogueItem> item = belonging(there.itemId());
      boolean concerned = isAsked(there.domain()) || item.isPresent() && isAsked(item.get());
      if (!concerned) {
        continue;
      }
      if (!seen.add(there.itemId())) {
        seenTwice.add(there.itemId());
        continue;
      }
      looked++;
      if (item.isPresent()) {
        known.add(there);
        records.add(item.get());
      } else {
        suspects.add(there.itemId());
      }
    }
    List<Wanted> wanted = truth.wanted(records);
    for (int i = 0; i < known.size(); i++) {
      if (!Finding.of(known.get(i), wanted.get(i), truth).isNothing()) {
        suspects.add(known.get(i).itemId());
      }
    }
    progress.accept(looked);
  }

  private void lookAtCatalogue() {
    List<CatalogueItem> batch = new ArrayList<>(BATCH);
    catalogue
        .all()
        .filter(item -> truth.covers(item) && isAsked(item) && !seen.contains(item.itemId()))
        .forEach(
            item -> {
              batch.add(item);
              if (batch.size() == BATCH) {
                lookForAbsent(batch);
                batch.clear();
              }
            });
    lookForAbsent(batch);
  }

  private void lookForAbsent(List<CatalogueItem> batch) {
    truth.wanted(batch).stream()
        .map(Finding::absent)
        .filter(finding -> !finding.isNothing())
        .forEach(finding -> suspects.add(finding.item()));
    looked += batch.size();
    progress.accept(looked);
  }

  /** Those of the items seen twice that are so again; one that was written meanwhile is not. */
  private Set<ItemId> doubles() {
    Set<ItemId> once = new HashSet<>();
    Set<ItemId> doubles = new LinkedHashSet<>();
    if (!seenTwice.isEmpty()) {
      truth
          .index()
          .forEach(
              item -> {
                ItemId id = item.itemId();
                if (seenTwice.contains(id) && !once.add(id)) {
                  doubles.add(id);
                }
              });
    }
    return doubles;
  }

  private List<Finding> again(List<ItemId> batch, Set<ItemId> doubles) {
    Map<ItemId, IndexedItem> there = truth.index().findAll(batch);
    List<Finding> wrong = new ArrayList<>();
    List<CatalogueItem> records = new ArrayList<>();
    for (ItemId id : batch) {
      Optional<CatalogueItem> item = belonging(id);
      item.ifPresent(records::add);
      if (item.isEmpty() && there.containsKey(id)) {
        Finding orphan = Finding.orphan(id);
        wrong.add(doubles.contains(id) ? orphan.asDouble() : orphan);
      }
    }
    for (Wanted wanted : truth.wanted(records)) {
      @Nullable IndexedItem indexed = there.get(wanted.item().itemId());
      Finding finding = finding(indexed, wanted, doubles);
      if (!finding.isNothing()) {
        wrong.add(finding);
      }
    }
    return wrong;
  }

  private Finding finding(@Nullable IndexedItem there, Wanted wanted, Set<ItemId> doubles) {
    if (there == null) {
      return Finding.absent(wanted);
    }
    return doubles.contains(there.itemId())
        ? Finding.ofDouble(there, wanted, truth)
        : Finding.of(there, wanted, truth);
  }

  private Optional<CatalogueItem> belonging(ItemId id) {
    return catalogue.find(id).filter(truth::covers);
  }

  private boolean isAsked(CatalogueItem item) {
    return isAsked(item.domain());
  }

  private boolean isAsked(DomainId of) {
    return domain == null || domain.equals(of);
  }

  private long mend(List<Finding> wrong) {
    List<IndexedItem> right = new ArrayList<>();
    List<ItemId> gone = new ArrayList<>();
    for (Finding each : wrong) {
      if (each.isToBeDeleted() || each.isDouble()) {
        gone.add(each.item());
      }
      if (each.right() != null) {
        right.add(each.right());
      }
    }
    if (!gone.isEmpty()) {
      truth.index().delete(gone);
    }
    if (!right.isEmpty()) {
      truth.index().upsert(right);
    }
    return wrong.stream().filter(IndexCheck::isWhole).count();
  }

  /** Whether nothing is left to do after it was mended. */
  private static boolean isWhole(Finding finding) {
    return finding.canBeMended() && !finding.differences().contains(Difference.NOT_ENCODED);
  }
}
