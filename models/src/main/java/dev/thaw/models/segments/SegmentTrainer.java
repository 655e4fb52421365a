package dev.thaw.models.segments;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Learns segments and keeps them only if their popularity beats the domain's on held-out users. Of
 * all attributes and pairs of attributes the one is taken that ranks best for one part of the
 * held-out users; the other part decides whether it is kept.
 */
public final class SegmentTrainer implements Trainer<SegmentData, SegmentModel> {
  private static final int CUT = 10;
  private static final int MIN_HELD_OUT = 40;

  @Override
  public SegmentModel fit(SegmentData data, RandomGenerator random) {
    Interactions all = data.interactions();
    Cells everybody = new Cells(all, data.profiles());
    Set<UserId> choosing = new HashSet<>();
    Set<UserId> deciding = new HashSet<>();
    for (UserId user : all.users()) {
      double part = random.nextDouble();
      if (part < 0.15) {
        choosing.add(user);
      } else if (part < 0.3) {
        deciding.add(user);
      }
    }
    Interactions training =
        all.ofUsers(user -> !choosing.contains(user) && !deciding.contains(user));
    Cells cells = new Cells(training, data.profiles());
    List<String> best = List.of();
    double highest = -1;
    for (List<String> attributes : candidates(data.attributes())) {
      double[] byCell = ndcg(all, cells, attributes, choosing)[0];
      double mean = java.util.Arrays.stream(byCell).average().orElse(-1);
      if (mean > highest) {
        highest = mean;
        best = attributes;
      }
    }
    SegmentGate gate = SegmentGate.UNMEASURED;
    if (!best.isEmpty()) {
      double[][] measured = ndcg(all, cells, best, deciding);
      if (measured[0].length >= MIN_HELD_OUT) {
        Interval difference = Bootstrap.DEFAULT.pairedDifference(measured[0], measured[1], random);
        gate =
            new SegmentGate(
                java.util.Arrays.stream(measured[0]).average().orElse(0),
                java.util.Arrays.stream(measured[1]).average().orElse(0),
                difference);
      }
    }
    List<Segment> segments = new ArrayList<>();
    segments.add(everybody.wholeDomain());
    if (gate.isOpen()) {
      segments.addAll(everybody.of(best));
    }
    return new SegmentModel(all.domain(), gate.isOpen() ? best : List.of(), segments, gate);
  }

  /** Every attribute, then every pair. */
  private static List<List<String>> candidates(List<String> attributes) {
    List<List<String>> candidates = new ArrayList<>();
    for (String attribute : attributes) {
      candidates.add(List.of(attribute));
    }
    for (int i = 0; i < attributes.size(); i++) {
      for (int j = i + 1; j < attributes.size(); j++) {
        candidates.add(List.of(attributes.get(i), attributes.get(j)));
      }
    }
    return candidates;
  }

  /** nDCG@10 of each user that is in a cell: by the cell's popularity, and by the domain's. */
  private static double[][] ndcg(
      Interactions all, Cells cells, List<String> attributes, Set<UserId> users) {
    Map<String, int[]> lists = new HashMap<>();
    for (Segment segment : cells.of(attributes)) {
      lists.put(segment.name(), list(all, segment.popularity()));
    }
    int[] domain = list(all, cells.wholeDomain().popularity());
    List<double[]> rows = new ArrayList<>();
    for (int u = 0; u < all.users().size(); u++) {
      UserId user = all.users().get(u);
      if (users.contains(user) && all.rowLength(u) > 0) {
        Set<Integer> relevant = new HashSet<>();
        for (int at = all.rowStart(u); at < all.rowStart(u) + all.rowLength(u); at++) {
          relevant.add(all.rowItem(at));
        }
        cells
            .cellOf(user, attributes)
            .ifPresent(
                cell ->
                    rows.add(
                        new double[] {
                          ndcg(lists.getOrDefault(cell, domain), relevant), ndcg(domain, relevant)
                        }));
      }
    }
    double[][] columns = new double[2][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      columns[0][i] = rows.get(i)[0];
      columns[1][i] = rows.get(i)[1];
    }
    return columns;
  }

  private static double ndcg(int[] list, Set<Integer> relevant) {
    return RankingMetrics.ndcg(list, CUT, relevant::contains, relevant.size());
  }

  private static int[] list(Interactions all, Popularity popularity) {
    return popularity.ranked().stream()
        .limit(CUT)
        .map(Popularity.Counted::item)
        .mapToInt((ItemId item) -> all.items().indexOf(item))
        .toArray();
  }
}
