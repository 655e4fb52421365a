package dev.thaw.models.sequential.training;

import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Parts of sequences that follow each other, none longer than a model looks back and one more: each
 * item of each sequence is in one, to be foretold from those before it there. Where a long sequence
 * is cut is drawn anew for each epoch.
 */
final class Windows {
  private Windows() {}

  /** In a random order. */
  static List<int[]> of(List<int[]> sequences, int most, RandomGenerator random) {
    List<int[]> windows = new ArrayList<>();
    for (int[] sequence : sequences) {
      int from = 0;
      int to = sequence.length <= most ? sequence.length : 1 + random.nextInt(most);
      while (from < sequence.length) {
        windows.add(Arrays.copyOfRange(sequence, from, to));
        from = to;
        to = Math.min(sequence.length, from + most);
      }
    }
    return Shuffled.of(windows, random);
  }
}
