package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.KernelRidge;
import dev.thaw.models.training.Shuffled;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
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
  private static final double CHOOSING = 0.2;
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
          some.stream()
              .map(user -> ItemToItemRidge.liked(positives, user).stream().toArray())
              .toArray(int[][]::new));
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
   * Chooses lambda on a fifth of the overlap users, held out whole, then trains on all. Rows are
   * ones.
   *
   * @param source all interactions there: an item that was not liked says what interests, too
   * @param positives liked items of the target
   * @throws IllegalArgumentException with fewer than 10 overlap users
   */
  public static ItemToItemRidge fit(
      Interactions source, Interactions positives, RandomGenerator random) {
    return fit(source, positives, new double[] {0}, LAMBDAS_OF_ONES, random);
  }

  /** The same on rows divided by a power of their lengths, which is chosen, too. */
  public static ItemToItemRidge rowNormalised(
      Interactions source, Interactions positives, RandomGenerator random) {
    return fit(source, positives, POWERS, LAMBDAS, random);
  }

  private static ItemToItemRidge fit(
      Interactions source,
      Interactions positives,
      double[] powers,
      double[] lambdas,
      RandomGenerator random) {
    List<UserId> overlap = Shuffled.of(Overlap.users(source, positives), random);
    if (overlap.size() < MIN_OVERLAP) {
      throw new IllegalArgumentException(
          "item-to-item ridge needs at least "
              + MIN_OVERLAP
              + " overlap users, had "
              + overlap.size());
    }
    List<UserId> choosing = overlap.subList(0, (int) (overlap.size() * CHOOSING));
    List<UserId> others = overlap.subList(choosing.size(), overlap.size());
    Setting best = new Setting(lambdas[0], powers[0]);
    double highest = -1;
    for (double power : powers) {
      LikedRows liked = LikedRows.of(source, positives, others, power);
      DMatrixRMaj kernel = liked.rows.kernel();
      DMatrixRMaj right = new DMatrixRMaj(liked.rows.size(), choosing.size());
      for (int c = 0; c < choosing.size(); c++) {
        setColumn(right, c, liked.rows.products(source.history(choosing.get(c))));
      }
      for (double lambda : lambdas) {
        DMatrixRMaj weights = right.createLike();
        KernelRidge.solver(kernel, lambda).solve(right.copy(), weights);
        double ndcg = ndcg(liked, weights, positives, choosing);
        if (ndcg > highest) {
          highest = ndcg;
          best = new Setting(lambda, power);
        }
      }
    }
    return fit(source, positives, overlap, best);
  }

  private static void setColumn(DMatrixRMaj matrix, int column, double[] values) {
    for (int row = 0; row < values.length; row++) {
      matrix.set(row, column, values[row]);
    }
  }

  /** By one setting, on all these users. */
  static ItemToItemRidge fit(
      Interactions source, Interactions positives, List<UserId> users, Setting setting) {
    LikedRows liked = LikedRows.of(source, positives, users, setting.power);
    DMatrixRMaj inverse = new DMatrixRMaj(liked.rows.size(), liked.rows.size());
    KernelRidge.solver(liked.rows.kernel(), setting.lambda).invert(inverse);
    return new ItemToItemRidge(liked, positives.items(), inverse, setting);
  }

  /**
   * @param weights of the rows' users x those who choose
   */
  private static double ndcg(
      LikedRows rows, DMatrixRMaj weights, Interactions positives, List<UserId> users) {
    float[] scores = new float[positives.items().size()];
    double[] column = new double[weights.numRows];
    double sum = 0;
    for (int c = 0; c < users.size(); c++) {
      for (int u = 0; u < column.length; u++) {
        column[u] = weights.get(u, c);
      }
      rows.score(column, scores);
      BitSet relevant = liked(positives, users.get(c));
      int[] top = TopItems.of(scores, CUT, item -> true);
      sum += RankingMetrics.ndcg(top, CUT, relevant::get, relevant.cardinality());
    }
    return sum / users.size();
  }

  private static BitSet liked(Interactions positives, UserId user) {
    BitSet liked = new BitSet();
    int row = positives.indexOf(user);
    for (int at = positives.rowStart(row); at < positives.rowStart(row + 1); at++) {
      liked.set(positives.rowItem(at));
    }
    return liked;
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
