package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ranks the target's items for a history in the source by one weight for each pair of a source and
 * a target item: ridge from source rows to target rows of overlap users, in closed form. The
 * strongest simple bridge and what the others have to beat; {@link HistoryBridge} is the same
 * through the target's factors, which an index can search. O(history * target items). Immutable,
 * thread-safe.
 */
public final class ItemToItemRidge implements Ranker {
  /** Overlap users, for {@link #fit} to have somebody to choose by. */
  public static final int MIN_OVERLAP = 10;

  private static final List<Setting> ONES =
      List.of(new Setting(30, 0), new Setting(100, 0), new Setting(300, 0), new Setting(1_000, 0));
  private static final List<Setting> NORMALISED =
      List.of(
          new Setting(10, 0.3), new Setting(30, 0.3), new Setting(3, 0.5), new Setting(10, 0.5));

  private static final double CHOOSING = 0.2;
  private static final int CUT = 10;

  private final ItemDictionary source;
  private final ItemDictionary target;
  private final float[] weights;
  private final Setting setting;

  /**
   * @param power of a row's length by which the row is divided
   */
  public record Setting(double lambda, double power) {}

  private ItemToItemRidge(
      ItemDictionary source, ItemDictionary target, float[] weights, Setting setting) {
    this.source = source;
    this.target = target;
    this.weights = weights;
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
    return fit(source, positives, ONES, random);
  }

  /** The same on rows divided by a power of their lengths, which is chosen, too. */
  public static ItemToItemRidge rowNormalised(
      Interactions source, Interactions positives, RandomGenerator random) {
    return fit(source, positives, NORMALISED, random);
  }

  private static ItemToItemRidge fit(
      Interactions source, Interactions positives, List<Setting> settings, RandomGenerator random) {
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
    Setting best = settings.get(0);
    double highest = -1;
    for (Setting setting : settings) {
      double ndcg = ndcg(fit(source, positives, others, setting), source, positives, choosing);
      if (ndcg > highest) {
        highest = ndcg;
        best = setting;
      }
    }
    return fit(source, positives, overlap, best);
  }

  private static ItemToItemRidge fit(
      Interactions source, Interactions positives, List<UserId> users, Setting setting) {
    List<History> histories = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (UserId user : users) {
      histories.add(source.history(user));
      float[] row = new float[positives.items().size()];
      liked(positives, user).stream().forEach(item -> row[item] = 1);
      targets.add(row);
    }
    return new ItemToItemRidge(
        source.items(),
        positives.items(),
        HistoryRidge.weights(source.items(), histories, targets, setting.lambda, setting.power),
        setting);
  }

  private static double ndcg(
      ItemToItemRidge ridge, Interactions source, Interactions positives, List<UserId> users) {
    float[] scores = new float[ridge.target.size()];
    double sum = 0;
    for (UserId user : users) {
      BitSet relevant = liked(positives, user);
      ridge.score(source.history(user), scores);
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
    Arrays.fill(out, 0);
    for (History.Entry entry : history.entries()) {
      int item = source.indexOf(entry.item());
      if (item >= 0) {
        for (int t = 0, at = item * out.length; t < out.length; t++, at++) {
          out[t] += weights[at];
        }
      }
    }
  }
}
