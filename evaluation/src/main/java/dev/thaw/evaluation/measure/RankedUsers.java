package dev.thaw.evaluation.measure;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.metrics.Coverage;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one method ranked for each user at one number of given interactions. Filled by several
 * threads, one user each; read afterwards.
 */
public final class RankedUsers {
  /** Length of the lists that count. */
  public static final int CUT = 10;

  /** How far down a first hit counts for the reciprocal rank. */
  public static final int LIST = 100;

  private final Competitor method;
  private final List<UserId> users;
  private final double[] recall;
  private final double[] ndcg;
  private final double[] mrr;
  private final double[] curveRecall;
  private final double[] curveNdcg;
  private final double[][] thirdNdcg;
  private final double[][] thirdShown;
  private final int[][] shown;
  private final boolean[] answered;

  public RankedUsers(Competitor method, List<UserId> users) {
    this.method = method;
    this.users = List.copyOf(users);
    int n = users.size();
    recall = new double[n];
    ndcg = new double[n];
    mrr = new double[n];
    curveRecall = new double[n];
    curveNdcg = new double[n];
    thirdNdcg = new double[PopularityThirds.COUNT][n];
    thirdShown = new double[PopularityThirds.COUNT][n];
    shown = new int[n][];
    answered = new boolean[n];
  }

  /**
   * @param scores one per item of the catalogue
   * @param curve what the curve asks of this user, null for one with too few likes
   * @param ownAnswer whether the scores are the method's own
   */
  public void put(
      int user,
      float[] scores,
      Asked all,
      @Nullable Asked curve,
      PopularityThirds thirds,
      boolean ownAnswer) {
    put(
        user,
        list(scores, all),
        all,
        curve == null ? null : new Curve(curve, list(scores, curve)),
        thirds,
        ownAnswer);
  }

  /**
   * @param list best first
   */
  public record Curve(Asked asked, int[] list) {}

  /**
   * @param places numbers of items, best first, or -1 for a place without one; those after the
   *     first {@value #LIST} don't count
   * @param curve what the curve asks of this user and what was shown for it; null for none
   */
  public void put(
      int user,
      int[] places,
      Asked all,
      @Nullable Curve curve,
      PopularityThirds thirds,
      boolean ownAnswer) {
    answered[user] = ownAnswer;
    int[] list = Arrays.copyOf(places, Math.min(LIST, places.length));
    int relevant = all.relevant().size();
    recall[user] = RankingMetrics.recall(list, CUT, all.relevant()::contains, relevant);
    ndcg[user] = RankingMetrics.ndcg(list, CUT, all.relevant()::contains, relevant);
    mrr[user] = RankingMetrics.reciprocalRank(list, all.relevant()::contains);
    shown[user] = Arrays.stream(list).limit(CUT).filter(item -> item >= 0).toArray();
    for (int third = 0; third < PopularityThirds.COUNT; third++) {
      int which = third;
      thirdNdcg[third][user] = ndcgOf(which, list, all.relevant(), thirds);
      thirdShown[third][user] =
          Arrays.stream(shown[user]).filter(item -> thirds.of(item) == which).count()
              / (double) Math.max(1, shown[user].length);
    }
    putCurve(user, curve == null ? List.of() : List.of(curve));
  }

  /** What the curve asks of a user in several lists, of which the mean counts; empty for none. */
  public void putCurve(int user, List<Curve> lists) {
    double recalled = 0;
    double gained = 0;
    for (Curve each : lists) {
      Set<Integer> hits = each.asked().relevant();
      recalled += RankingMetrics.recall(each.list(), CUT, hits::contains, hits.size());
      gained += RankingMetrics.ndcg(each.list(), CUT, hits::contains, hits.size());
    }
    curveRecall[user] = lists.isEmpty() ? Double.NaN : recalled / lists.size();
    curveNdcg[user] = lists.isEmpty() ? Double.NaN : gained / lists.size();
  }

  /** Numbers of the items that count, best first. */
  public static int[] list(float[] scores, Asked asked) {
    return TopItems.of(scores, LIST, item -> !asked.hidden().contains(item));
  }

  /** NaN for a user who likes none of that third. */
  private static double ndcgOf(
      int third, int[] list, Set<Integer> relevant, PopularityThirds thirds) {
    int wanted = (int) relevant.stream().filter(item -> thirds.of(item) == third).count();
    return wanted == 0
        ? Double.NaN
        : RankingMetrics.ndcg(
            list, CUT, item -> relevant.contains(item) && thirds.of(item) == third, wanted);
  }

  /** The same method on the users of several disjoint parts, one after the other. */
  static RankedUsers join(List<RankedUsers> parts) {
    List<UserId> users = new ArrayList<>();
    parts.forEach(part -> users.addAll(part.users));
    RankedUsers joined = new RankedUsers(parts.get(0).method, users);
    int at = 0;
    for (RankedUsers part : parts) {
      int n = part.users.size();
      System.arraycopy(part.recall, 0, joined.recall, at, n);
      System.arraycopy(part.ndcg, 0, joined.ndcg, at, n);
      System.arraycopy(part.mrr, 0, joined.mrr, at, n);
      System.arraycopy(part.curveRecall, 0, joined.curveRecall, at, n);
      System.arraycopy(part.curveNdcg, 0, joined.curveNdcg, at, n);
      for (int third = 0; third < PopularityThirds.COUNT; third++) {
        System.arraycopy(part.thirdNdcg[third], 0, joined.thirdNdcg[third], at, n);
        System.arraycopy(part.thirdShown[third], 0, joined.thirdShown[third], at, n);
      }
      System.arraycopy(part.shown, 0, joined.shown, at, n);
      System.arraycopy(part.answered, 0, joined.answered, at, n);
      at += n;
    }
    return joined;
  }

  public Competitor method() {
    return method;
  }

  public List<UserId> users() {
    return users;
  }

  double[] recall() {
    return recall;
  }

  /** At {@value #CUT}, by user. */
  public double[] ndcg() {
    return ndcg;
  }

  double[] mrr() {
    return mrr;
  }

  /** Of the users that the curve is drawn from. */
  double[] curveRecall() {
    return present(curveRecall);
  }

  double[] curveNdcg() {
    return present(curveNdcg);
  }

  /** Of the users who like something of that third. */
  double[] thirdNdcg(int third) {
    return present(thirdNdcg[third]);
  }

  /** Share of a user's list. */
  double[] thirdShown(int third) {
    return thirdShown[third];
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  int answers() {
    return (int) IntStream.range(0, answered.length).filter(u -> answered[u]).count();
  }

  double coverage(int catalogue) {
    Coverage coverage = new Coverage(catalogue);
    Arrays.stream(shown).forEach(coverage::add);
    return coverage.share();
  }

  double meanNdcg() {
    return Arrays.stream(ndcg).average().orElse(0);
  }
}
