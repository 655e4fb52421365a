package dev.thaw.models.ranking;

import java.util.function.IntPredicate;

/** The best of many scores, by a bounded heap. O(n log k), without allocation per item. */
public final class TopItems {
  private TopItems() {}

  /**
   * Numbers of the k best, best first; equal scores by number, lower first.
   *
   * @param allowed which numbers may be in the result
   */
  public static int[] of(float[] scores, int k, IntPredicate allowed) {
    if (k < 0) {
      throw new IllegalArgumentException("k must be >= 0, was " + k);
    }
    int[] heap = new int[Math.min(k, scores.length)];
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      if (size == heap.length && (size == 0 || !above(scores, i, heap[0]))) {
        continue;
      }
      if (!allowed.test(i)) {
        continue;
      }
      if (size < heap.length) {
        heap[size] = i;
        siftUp(heap, size++, scores);
      } else {
        heap[0] = i;
        siftDown(heap, size, scores);
      }
    }
    int[] best = new int[size];
    while (size > 0) {
      best[size - 1] = heap[0];
      heap[0] = heap[--size];
      siftDown(heap, size, scores);
    }
    return best;
  }

  private static boolean above(float[] scores, int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  }

  private static void siftUp(int[] heap, int from, float[] scores) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (above(scores, heap[at], heap[parent])) {
        return;
      }
      swap(heap, at, parent);
      at = parent;
    }
  }

  private static void siftDown(int[] heap, int size, float[] scores) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && above(scores, heap[child], heap[child + 1])) {
        child++;
      }
      if (above(scores, heap[child], heap[at])) {
        return;
      }
      swap(heap, at, child);
      at = child;
    }
  }

  private static void swap(int[] heap, int a, int b) {
    int kept = heap[a];
    heap[a] = heap[b];
    heap[b] = kept;
  }
}
