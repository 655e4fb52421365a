package dev.thaw.serving.pipeline;

import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.DomainRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Eligible items by popularity: the segment's list, then the domain's, then whatever came or became
 * available after the snapshot, the newest first. Stops as soon as there are enough; finds every
 * eligible item if asked for that many.
 */
final class PopularityWalk {
  static final String SEGMENT = "popularity-segment";
  static final String DOMAIN = "popularity";

  private final DomainRanks ranks;
  private final Eligibility eligibility;
  private final BitSet taken = new BitSet();
  private final List<Scored> found = new ArrayList<>();
  private final int wanted;

  private PopularityWalk(DomainRanks ranks, Eligibility eligibility, int wanted) {
    this.ranks = ranks;
    this.eligibility = eligibility;
    this.wanted = wanted;
  }

  /**
   * @param already items not to be found again
   */
  static List<Scored> walk(
      DomainRanks ranks,
      @Nullable String segment,
      Eligibility eligibility,
      List<Scored> already,
      int wanted) {
    PopularityWalk walk = new PopularityWalk(ranks, eligibility, wanted);
    already.forEach(each -> walk.taken.set(each.item().number()));
    if (segment != null) {
      walk.take(ranks.segment(segment), SEGMENT);
    }
    walk.take(walk.domainList(), DOMAIN);
    walk.takeLateComers();
    return walk.found;
  }

  /** The lists of the wanted categories merged by rank, or everyone. */
  private int[] domainList() {
    List<String> categories = eligibility.categories();
    if (categories.isEmpty()) {
      return ranks.everyone();
    }
    if (categories.size() == 1) {
      return ranks.category(categories.get(0));
    }
    return categories.stream()
        .flatMapToInt(category -> Arrays.stream(ranks.category(category)))
        .distinct()
        .boxed()
        .sorted((a, b) -> Integer.compare(ranks.rank(a), ranks.rank(b)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void take(int[] list, String source) {
    for (int i = 0; i < list.length && found.size() < wanted; i++) {
      take(ranks.item(list[i]), source);
    }
  }

  private void takeLateComers() {
    DomainCatalogue catalogue = ranks.catalogue();
    int from = ranks.isOfNow() ? ranks.size() : 0;
    for (int n = catalogue.size() - 1; n >= from && found.size() < wanted; n--) {
      take(catalogue.get(n), DOMAIN);
    }
  }

  private void take(ServedItem item, String source) {
    if (!taken.get(item.number()) && eligibility.admits(item)) {
      taken.set(item.number());
      found.add(Scored.of(item, ranks.popularity(item.number()), source));
    }
  }
}
