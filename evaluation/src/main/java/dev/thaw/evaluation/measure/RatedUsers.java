package dev.thaw.evaluation.measure;

import dev.thaw.models.history.History;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.metrics.RatingErrors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one predictor rated for each user at one number of given interactions. Filled by several
 * threads, one user each; read afterwards.
 */
public final class RatedUsers {
  private final String method;
  private final boolean bar;
  private final RatingErrors[] errors;
  private final double[] ndcg1;
  private final double[] ndcg3;

  /**
   * @param bar whether the others are compared with it
   */
  public RatedUsers(String method, boolean bar, int users) {
    this.method = method;
    this.bar = bar;
    this.errors = new RatingErrors[users];
    this.ndcg1 = new double[users];
    this.ndcg3 = new double[users];
  }

  /**
   * @param predicted one per entry of the query, unrounded
   */
  public void put(int user, List<History.Entry> query, double[] predicted) {
    errors[user] = new RatingErrors();
    for (int q = 0; q < predicted.length; q++) {
      errors[user].add(predicted[q], query.get(q).strength());
    }
    double[] ordered = byPrediction(query, predicted);
    ndcg1[user] = RankingMetrics.gradedNdcg(ordered, 1);
    ndcg3[user] = RankingMetrics.gradedNdcg(ordered, 3);
  }

  /** True ratings in the order of the predicted ones, highest first. */
  private static double[] byPrediction(List<History.Entry> query, double[] predicted) {
    return IntStream.range(0, predicted.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer q) -> -predicted[q]))
        .mapToDouble(q -> query.get(q).strength())
        .toArray();
  }

  /** The same predictor on the users of several disjoint parts, one after the other. */
  static RatedUsers join(List<RatedUsers> parts) {
    int users = parts.stream().mapToInt(RatedUsers::users).sum();
    RatedUsers joined = new RatedUsers(parts.get(0).method, parts.get(0).bar, users);
    int at = 0;
    for (RatedUsers part : parts) {
      System.arraycopy(part.errors, 0, joined.errors, at, part.users());
      System.arraycopy(part.ndcg1, 0, joined.ndcg1, at, part.users());
      System.arraycopy(part.ndcg3, 0, joined.ndcg3, at, part.users());
      at += part.users();
    }
    return joined;
  }

  public String method() {
    return method;
  }

  boolean isBar() {
    return bar;
  }

  int users() {
    return errors.length;
  }

  RatingErrors errors() {
    RatingErrors all = new RatingErrors();
    Arrays.stream(errors).forEach(all::add);
    return all;
  }

  /** Mean absolute error of each user's ratings. */
  public double[] userMae() {
    return Arrays.stream(errors).mapToDouble(RatingErrors::mae).toArray();
  }

  double meanNdcg1() {
    return Arrays.stream(ndcg1).average().orElse(0);
  }

  double meanNdcg3() {
    return Arrays.stream(ndcg3).average().orElse(0);
  }
}
