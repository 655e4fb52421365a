package dev.thaw.models.sequential.training;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Likes with the newest likes before each, and other items to tell it from.
 *
 * @param rows likes that are foretold
 * @param places of the longest history, at least 1
 * @param histories one item a place, row by row; any in the padding behind them
 * @param present 1 where there is an item, 0 in the padding
 * @param candidates row by row, the like first
 */
@SuppressWarnings("ArrayRecordComponent")
record DinBatch(int rows, int places, long[] histories, float[] present, long[] candidates) {

  /**
   * A like and what came before it.
   *
   * @param at its place in the sequence
   */
  record Example(int[] sequence, int at) {}

  /**
   * @param length places of a history, at most
   * @param negatives drawn for each like, any items with equal chance
   * @param items of the catalogue
   */
  static DinBatch of(
      List<Example> examples, int length, int negatives, int items, RandomGenerator random) {
    int places = examples.stream().mapToInt(each -> Math.min(length, each.at)).max().orElseThrow();
    places = Math.max(1, places);
    long[] histories = new long[examples.size() * places];
    float[] present = new float[histories.length];
    long[] candidates = new long[examples.size() * (negatives + 1)];
    int candidate = 0;
    for (int row = 0; row < examples.size(); row++) {
      Example each = examples.get(row);
      int known = Math.min(length, each.at);
      for (int place = 0; place < known; place++) {
        histories[row * places + place] = each.sequence[each.at - known + place];
        present[row * places + place] = 1;
      }
      candidates[candidate++] = each.sequence[each.at];
      for (int n = 0; n < negatives; n++) {
        candidates[candidate++] = random.nextInt(items);
      }
    }
    return new DinBatch(examples.size(), places, histories, present, candidates);
  }
}
