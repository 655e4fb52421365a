package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.Arrays;
import java.util.BitSet;

/**
 * {@code -mean over liked items of log softmax(t (<v, q_i> + b_i))} over the catalogue, of a large
 * one over an even spread and the liked items: the multinomial likelihood of Liang et al., WWW
 * 2018, eq. 2. O(items d).
 */
final class SoftmaxLoss implements TargetLoss {
  private static final int MAX_ITEMS = 4_000;

  private final TargetItems items;
  private final int[] candidates;
  private final BitSet liked;

  private SoftmaxLoss(TargetItems items, int[] candidates, BitSet liked) {
    this.items = items;
    this.candidates = candidates;
    this.liked = liked;
  }

  static SoftmaxLoss of(TargetItems items, FactorModel model, History history) {
    BitSet liked = new BitSet();
    for (History.Entry entry : history.entries()) {
      int item = model.items().indexOf(entry.item());
      if (item >= 0 && model.scale().isPositive(entry.strength())) {
        liked.set(item);
      }
    }
    int step = (items.size + MAX_ITEMS - 1) / MAX_ITEMS;
    BitSet among = (BitSet) liked.clone();
    for (int item = 0; item < items.size; item += step) {
      among.set(item);
    }
    return new SoftmaxLoss(items, among.stream().toArray(), liked);
  }

  @Override
  public double of(double[] vector, double[] ofVector) {
    Arrays.fill(ofVector, 0);
    if (liked.isEmpty()) {
      return 0;
    }
    double[] chance = new double[candidates.length];
    double highest = Double.NEGATIVE_INFINITY;
    double wanted = 0;
    for (int c = 0; c < chance.length; c++) {
      chance[c] = items.temperature * items.score(vector, candidates[c]);
      highest = Math.max(highest, chance[c]);
      wanted += liked.get(candidates[c]) ? chance[c] : 0;
    }
    double total = 0;
    for (int c = 0; c < chance.length; c++) {
      chance[c] = Math.exp(chance[c] - highest);
      total += chance[c];
    }
    double share = 1.0 / liked.cardinality();
    for (int c = 0; c < chance.length; c++) {
      double rest = chance[c] / total - (liked.get(candidates[c]) ? share : 0);
      items.addFactor(items.temperature * rest, candidates[c], ofVector);
    }
    return highest + Math.log(total) - share * wanted;
  }
}
