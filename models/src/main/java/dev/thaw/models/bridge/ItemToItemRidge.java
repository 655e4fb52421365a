package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.kernel.KernelRidge;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Ranks the target's items for a history in the source by one weight for each pair of a source and
 * a target item: ridge from source rows S to target rows Y of overlap users, in closed form. The
 * strongest simple bridge and what the others have to beat; {@link HistoryBridge} is the same
 * through the target's factors, which an index can search.
 *
 * <p>The weights {@code S' (S S' + lambda I)^-1 Y} are never made, since they would be source items
 * x target items: a history x is ranked by {@code Y' (S S' + lambda I)^-1 S x}. Memory O(users^2 +
 * likes), a ranking O(users^2 + likes), for at most {@value HistoryRows#MAX_USERS} users.
 * Immutable, thread-safe.
 */
public final class ItemToItemRidge implements Ranker {
  /** Overlap users, for {@link #fit} to have somebody to choose by. */
  public static final int MIN_OVERLAP = 10;

  private static final double[] LAMBDAS_OF_ONES = {10, 30, 100, 300, 1_000, 3_000};
  private static final double[] LAMBDAS = {1, 3, 10, 30, 100};
  private static final double[] POWERS = {0.3, 0.5};
  private static final int CUT = 10;

  private final LikedRows liked;
  private final ItemDictionary target;
  private final DMatrixRMaj inverse;
  private final Setting setting;

  /**
   * @param power of a row's length by which the row is divided
   */
  public record Setting(double lambda, double power) {}

  /**
   * Users' rows in the source and what they like in the target.
   *
   * @param liked numbers of items by user
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record LikedRows(HistoryRows rows, int[][] liked) {
    static LikedRows of(
        Interactions source, Interactions positives, List<UserId> users, double power) {
      List<UserId> some =
          Arrays.stream(HistoryRows.spread(users.size())).mapToObj(users::get).toList();
      return new LikedRows(
          new HistoryRows(source.items(), some.stream().map(source::history).toList(), power),
          some.stream().map(user -> ItemToItemRidge.liked(positives, user)).toArray(int[][]::new));
    }

    /**
     * {@code Y' a}.
     *
     * @param weights one per user
     */
    void score(double[] weights, float[] out) {
      double[] sums = new double[out.length];
      for (int u = 0; u < liked.length; u++) {
        for (int item : liked[u]) {
          sums[item] += weights[u];
        }
      }
      for (int t = 0; t < out.length; t++) {
        out[t] = (float) sums[t];
      }
    }
  }

  private ItemToItemRidge(
      LikedRows liked, ItemDictionary target, DMatrixRMaj inverse, Setting setting) {
    this.liked = liked;
    this.target = target;
    this.inverse = inverse;
    this.setting = setting;
  }

  /**
   * Chooses lambda by all overlap users, each left out in turn, and trains on all. Rows are ones.
   * O(users^3) for each lambda.
   *
   * @param source all interactions there: an item that was not liked says what interests, too
   * @param positives liked items of the target
   * @throws IllegalArgumentException with fewer than 10 overlap users
   */
  public static ItemToItemRidge fit(Interactions source, Interactions positives) {
    return fit(source, positives, new double[] {0}, LAMBDAS_OF_ONES);
  }

  /** The same on rows divided by a power of their lengths, which is chosen, too. */
  public static ItemToItemRidge rowNormalised(Interactions source, Interactions positives) {
    return fit(source, positives, POWERS, LAMBDAS);
  }

  private static ItemToItemRidge fit(
      Interactions source, Interactions positives, double[] powers, double[] lambdas) {
    List<UserId> overlap = Overlap.users(source, positives);
    if (overlap.size() < MIN_OVERLAP) {
      throw new IllegalArgumentException(
          "item-to-item ridge needs at least "
              + MIN_OVERLAP
              + " overlap users, had "
              + overlap.size());
    }
    ItemToItemRidge best = null;
    double highest = -1;
    for (double power : powers) {
      LikedRows liked = LikedRows.of(source, positives, overlap, power);
      DMatrixRMaj kernel = liked.rows.kernel();
      for (double lambda : lambdas) {
        ItemToItemRidge ridge = of(liked, kernel, positives.items(), new Setting(lambda, power));
        double ndcg = ridge.ndcgLeftOut();
        if (ndcg > highest) {
          highest = ndcg;
          best = ridge;
        }
      }
    }
    return Objects.requireNonNull(best);
  }

  /** By one setting, on all these users. */
  static ItemToItemRidge fit(
      Interactions source, Interactions positives, List<UserId> users, Setting setting) {
    LikedRows liked = LikedRows.of(source, positives, users, setting.power);
    return of(liked, liked.rows.kernel(), positives.items(), setting);
  }

  private static ItemToItemRidge of(
      LikedRows liked, DMatrixRMaj kernel, ItemDictionary target, Setting setting) {
    DMatrixRMaj inverse = new DMatrixRMaj(liked.rows.size(), liked.rows.size());
    KernelRidge.solver(kernel, setting.lambda).invert(inverse);
    return new ItemToItemRidge(liked, target, inverse, setting);
  }

  /**
   * What the ridge of all others would rank for a user of its own, without training it: with {@code
   * G = (K + lambda I)^-1} the weight of user v is {@code -G_uv / G_uu} (the inverse of a matrix in
   * blocks; Allen, Technometrics 1974, whose PRESS is the sum of squares of it). Up to a positive
   * factor.
   */
  void scoreLeftOut(int user, float[] out) {
    double[] weights = new double[inverse.numCols];
    for (int v = 0; v < weights.length; v++) {
      weights[v] = v == user ? 0 : -inverse.get(user, v);
    }
    liked.score(weights, out);
  }

  /** Mean over its users, each left out in turn. */
  private double ndcgLeftOut() {
    float[] scores = new float[target.size()];
    double sum = 0;
    for (int user = 0; user < liked.liked.length; user++) {
      scoreLeftOut(user, scores);
      BitSet relevant = new BitSet();
      Arrays.stream(liked.liked[user]).forEach(relevant::set);
      int[] top = TopItems.of(scores, CUT, item -> true);
      sum += RankingMetrics.ndcg(top, CUT, relevant::get, relevant.cardinality());
    }
    return sum / liked.liked.length;
  }

  private static int[] liked(Interactions positives, UserId user) {
    int row = positives.indexOf(user);
    return IntStream.range(positives.rowStart(row), positives.rowStart(row + 1))
        .map(positives::rowItem)
        .toArray();
  }

  @Override
  public String name() {
    return setting.power == 0 ? "item-to-item ridge" : "row-normalised ridge";
  }

  /** Of the target. */
  @Override
  public ItemDictionary items() {
    return target;
  }

  /** What was chosen. */
  public Setting setting() {
    return setting;
  }

  /**
   * Up to a positive factor of the history's own, which changes no order.
   *
   * @param history in the source domain
   */
  @Override
  public void score(History history, float[] out) {
    double[] products = liked.rows.products(history);
    double[] weights = new double[products.length];
    for (int u = 0; u < products.length; u++) {
      for (int v = 0, at = u * products.length; products[u] != 0 && v < weights.length; v++, at++) {
        weights[v] += products[u] * inverse.data[at];
      }
    }
    liked.score(weights, out);
  }
}
