package dev.thaw.models.itemtoitem;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.RankerGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What ensembles of the same members with different weights would say. Thread-safe. */
final class WeightedSums implements RankerGroup {
  private final List<? extends LikesRanker> members;
  private final List<int[]> weights;

  /**
   * @param weights of each ensemble, one per member
   */
  WeightedSums(List<? extends LikesRanker> members, List<int[]> weights) {
    this.members = members;
    this.weights = weights;
  }

  /**
   * All weights whose sum is at most so many, those of one member first and the shorter sums before
   * the longer ones: multiples of others are left out, since they say the same.
   */
  static List<int[]> weights(int members, int maxWeight) {
    List<int[]> all = new ArrayList<>();
    for (int sum = 1; sum <= maxWeight; sum++) {
      add(new int[members], 0, sum, all);
    }
    return all;
  }

  private static void add(int[] weights, int member, int left, List<int[]> all) {
    if (member == weights.length - 1) {
      int[] whole = weights.clone();
      whole[member] = left;
      if (IntStream.of(whole).reduce(0, WeightedSums::divisor) == 1) {
        all.add(whole);
      }
      return;
    }
    for (int weight = left; weight >= 0; weight--) {
      int[] next = weights.clone();
      next[member] = weight;
      add(next, member + 1, left - weight, all);
    }
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  @Override
  public ItemDictionary items() {
    return members.get(0).items();
  }

  @Override
  public int size() {
    return weights.size();
  }

  @Override
  public void score(History history, Map<String, String> attributes, Consumer<float[]> out) {
    int size = items().size();
    float[][] standardised = new float[members.size()][size];
    for (int m = 0; m < standardised.length; m++) {
      members.get(m).score(history, attributes, standardised[m]);
      LikesEnsemble.standardise(standardised[m]);
    }
    float[] sums = new float[size];
    for (int[] each : weights) {
      Arrays.fill(sums, 0);
      for (int m = 0; m < standardised.length; m++) {
        if (each[m] > 0) {
          LikesEnsemble.add(each[m], standardised[m], sums);
        }
      }
      out.accept(sums);
    }
  }
}
