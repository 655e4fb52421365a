package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.IndexedItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares one index with its truth. The vectors of a batch are in memory, and the ids of all
 * items. The jobs may be writing meanwhile: what looks wrong is looked at once more when everything
 * was seen, and counts only if it still does.
 */
final class IndexCheck {
  private static final int BATCH = 500;

  private final Truth truth;
  private final KnownItems catalogue;
  private final @Nullable DomainId domain;
  private final LongConsumer progress;
  private final Set<ItemId> seen = new HashSet<>();
  private final List<ItemId> suspects = new ArrayList<>();
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
    for (int from = 0; from < suspects.size(); from += BATCH) {
      List<Finding> wrong = again(suspects.subList(from, Math.min(suspects.size(), from + BATCH)));
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
      if (!concerned || !seen.add(there.itemId())) {
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

  private List<Finding> again(List<ItemId> batch) {
    Map<ItemId, IndexedItem> there = truth.index().findAll(batch);
    List<Finding> wrong = new ArrayList<>();
    List<CatalogueItem> records = new ArrayList<>();
    for (ItemId id : batch) {
      Optional<CatalogueItem> item = belonging(id);
      item.ifPresent(records::add);
      if (item.isEmpty() && there.containsKey(id)) {
        wrong.add(Finding.orphan(id));
      }
    }
    for (Wanted wanted : truth.wanted(records)) {
      @Nullable IndexedItem indexed = there.get(wanted.item().itemId());
      Finding finding =
          indexed == null ? Finding.absent(wanted) : Finding.of(indexed, wanted, truth);
      if (!finding.isNothing()) {
        wrong.add(finding);
      }
    }
    return wrong;
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
      if (each.isToBeDeleted()) {
        gone.add(each.item());
      } else if (each.right() != null) {
        right.add(each.right());
      }
    }
    if (!right.isEmpty()) {
      truth.index().upsert(right);
    }
    if (!gone.isEmpty()) {
      truth.index().delete(gone);
    }
    return wrong.stream().filter(IndexCheck::isWhole).count();
  }

  /** Whether nothing is left to do after it was mended. */
  private static boolean isWhole(Finding finding) {
    return finding.canBeMended() && !finding.differences().contains(Difference.NOT_ENCODED);
  }
}
