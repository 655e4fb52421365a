package dev.thaw.models.sequential.training;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Windows side by side as one rectangle. A window of n items takes n places: the start, which
 * foretells its first item, and all its items but the last, each of which foretells what follows.
 * What is left of the rectangle is padding behind them, which no place before it attends to and
 * from which nothing is foretold.
 *
 * @param rows windows
 * @param places of the longest window
 * @param inputs one item a place, row by row; any at the start and in the padding
 * @param cells those that foretell something, by row and place
 * @param targets what they foretell
 */
@SuppressWarnings("ArrayRecordComponent")
record SequenceBatch(int rows, int places, long[] inputs, long[] cells, long[] targets) {

  /**
   * @param horizon each place foretells one of so many that follow it, as far as its window goes
   * @param random says which
   */
  static SequenceBatch of(List<int[]> windows, int horizon, RandomGenerator random) {
    int places = windows.stream().mapToInt(window -> window.length).max().orElseThrow();
    int n = windows.stream().mapToInt(window -> window.length).sum();
    long[] inputs = new long[windows.size() * places];
    long[] cells = new long[n];
    long[] targets = new long[n];
    int at = 0;
    for (int row = 0; row < windows.size(); row++) {
      int[] window = windows.get(row);
      for (int place = 0; place < window.length; place++) {
        int cell = row * places + place;
        inputs[cell] = place == 0 ? 0 : window[place - 1];
        cells[at] = cell;
        int ahead = Math.min(horizon, window.length - place);
        targets[at++] = window[place + random.nextInt(ahead)];
      }
    }
    return new SequenceBatch(windows.size(), places, inputs, cells, targets);
  }

  /**
   * Cuts windows into batches.
   *
   * @param most windows in one
   * @param mostTargets in one, as far as single windows allow
   * @param horizon as of {@link #of(List, int, RandomGenerator)}
   */
  static List<SequenceBatch> all(
      List<int[]> windows, int most, int mostTargets, int horizon, RandomGenerator random) {
    List<SequenceBatch> batches = new ArrayList<>();
    List<int[]> next = new ArrayList<>();
    int targets = 0;
    for (int[] window : windows) {
      if (!next.isEmpty() && (next.size() == most || targets + window.length > mostTargets)) {
        batches.add(of(next, horizon, random));
        next = new ArrayList<>();
        targets = 0;
      }
      next.add(window);
      targets += window.length;
    }
    if (!next.isEmpty()) {
      batches.add(of(next, horizon, random));
    }
    return batches;
  }
}
