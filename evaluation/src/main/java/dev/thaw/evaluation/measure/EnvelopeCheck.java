package dev.thaw.evaluation.measure;

import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.MaxT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Compares each hybrid with every single method at every interaction count, user by user: is it the
 * upper envelope? All comparisons of a hybrid are bounded at once.
 *
 * @param margin below zero: how much worse in nDCG@10 at most counts as no worse
 */
public record EnvelopeCheck(MaxT bounds, double margin, long seed) {
  private static final int LARGE = 3_000;
  private static final double OF_LARGE = -0.005;
  private static final double OF_SMALL = -0.010;

  public EnvelopeCheck {
    if (!(margin < 0)) {
      throw new IllegalArgumentException("margin must be below zero, was " + margin);
    }
  }

  /** What can be told apart with so many users: -0.005 from 3,000 on, else -0.010. */
  public static double margin(int users) {
    return users >= LARGE ? OF_LARGE : OF_SMALL;
  }

  /** Users of the count at which there are most. */
  public static int users(Measurements measured) {
    return measured.ranked().values().stream()
        .flatMap(List::stream)
        .mapToInt(each -> each.users().size())
        .max()
        .orElse(0);
  }

  /** One a hybrid. */
  public List<Figures.Envelope> of(Measurements measured) {
    return measured.ranked().values().stream()
        .flatMap(List::stream)
        .map(RankedUsers::method)
        .filter(Competitor::isHybrid)
        .distinct()
        .map(hybrid -> of(measured, hybrid))
        .toList();
  }

  private record Compared(String method, int k) {}

  private Figures.Envelope of(Measurements measured, Competitor hybrid) {
    Map<UserId, Integer> places = new HashMap<>();
    measured
        .ranked()
        .values()
        .forEach(
            row ->
                row.forEach(
                    each -> each.users().forEach(user -> places.putIfAbsent(user, places.size()))));
    List<Compared> compared = new ArrayList<>();
    List<double[]> cells = new ArrayList<>();
    measured
        .ranked()
        .forEach(
            (k, methods) ->
                methods.stream()
                    .filter(each -> each.method().equals(hybrid))
                    .forEach(
                        own ->
                            methods.stream()
                                .filter(each -> each.method().isSingle())
                                .forEach(
                                    other -> {
                                      compared.add(new Compared(other.method().name(), k));
                                      cells.add(difference(own, other, places));
                                    })));
    List<Interval> intervals =
        bounds.intervals(cells.toArray(double[][]::new), new SplittableRandom(seed));
    List<Figures.Envelope.Cell> rows = new ArrayList<>();
    for (int c = 0; c < compared.size(); c++) {
      rows.add(
          new Figures.Envelope.Cell(
              compared.get(c).method(), compared.get(c).k(), intervals.get(c)));
    }
    return new Figures.Envelope(hybrid.name(), margin, bounds.confidence(), places.size(), rows);
  }

  /** NaN for users who were not met at this count. */
  private static double[] difference(
      RankedUsers own, RankedUsers other, Map<UserId, Integer> places) {
    double[] difference = new double[places.size()];
    Arrays.fill(difference, Double.NaN);
    for (int u = 0; u < own.users().size(); u++) {
      int at = places.getOrDefault(own.users().get(u), -1);
      difference[at] = own.ndcg()[u] - other.ndcg()[u];
    }
    return difference;
  }
}
