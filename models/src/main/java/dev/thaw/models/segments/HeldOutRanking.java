package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** nDCG@10 of held-out users, by the popularity of their segment and by the domain's. */
final class HeldOutRanking {
  private static final int CUT = 10;

  /** With fewer users a difference says nothing. */
  private static final int MIN_USERS = 40;

  private final Interactions all;
  private final Popularity domain;
  private final Map<Popularity, int[]> orders = new IdentityHashMap<>();
  private final List<double[]> rows = new ArrayList<>();

  HeldOutRanking(Interactions all, Popularity domain) {
    this.all = all;
    this.domain = domain;
  }

  /**
   * @param segment popularity in the user's segment, null for the whole domain
   * @param known items that are neither ranked nor counted
   */
  void add(int user, @Nullable Popularity segment, Set<ItemId> known) {
    Set<Integer> relevant = new HashSet<>();
    int end = all.rowStart(user) + all.rowLength(user);
    for (int at = all.rowStart(user); at < end; at++) {
      int item = all.rowItem(at);
      if (!known.contains(all.items().get(item))) {
        relevant.add(item);
      }
    }
    if (!relevant.isEmpty()) {
      double byDomain = ndcg(list(domain, known), relevant);
      double bySegment = segment == null ? byDomain : ndcg(list(segment, known), relevant);
      rows.add(new double[] {bySegment, byDomain});
    }
  }

  private static double ndcg(int[] list, Set<Integer> relevant) {
    return RankingMetrics.ndcg(list, CUT, relevant::contains, relevant.size());
  }

  private int[] list(Popularity popularity, Set<ItemId> known) {
    int[] order = orders.computeIfAbsent(popularity, this::order);
    return Arrays.stream(order)
        .filter(item -> known.isEmpty() || !known.contains(all.items().get(item)))
        .limit(CUT)
        .toArray();
  }

  private int[] order(Popularity popularity) {
    return popularity.ranked().stream()
        .mapToInt(each -> all.items().indexOf(each.item()))
        .toArray();
  }

  /** Mean over the users, -1 without any. */
  double bySegment() {
    return Arrays.stream(column(0)).average().orElse(-1);
  }

  private double[] column(int which) {
    return rows.stream().mapToDouble(row -> row[which]).toArray();
  }

  SegmentGate gate(RandomGenerator random) {
    if (rows.size() < MIN_USERS) {
      return SegmentGate.UNMEASURED;
    }
    double[] segments = column(0);
    double[] wholeDomain = column(1);
    return new SegmentGate(
        Arrays.stream(segments).average().orElse(0),
        Arrays.stream(wholeDomain).average().orElse(0),
        Bootstrap.DEFAULT.pairedDifference(segments, wholeDomain, random));
  }
}
