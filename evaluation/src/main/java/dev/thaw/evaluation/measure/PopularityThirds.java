package dev.thaw.evaluation.measure;

import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which third of the likes in training an item belongs to: the most liked items that make up the
 * first third of all likes are the head, those of the next third the middle, the rest, with what
 * nobody liked, the tail. Immutable.
 */
public final class PopularityThirds {
  /** From the head down. */
  public static final int COUNT = 3;

  private final byte[] thirds;

  private PopularityThirds(byte[] thirds) {
    this.thirds = thirds;
  }

  /** Of the likes that were trained on. Items liked equally often stand in the order of the ids. */
  public static PopularityThirds of(Interactions positives) {
    byte[] thirds = new byte[positives.items().size()];
    int[] mostLikedFirst =
        IntStream.range(0, thirds.length)
            .boxed()
            .sorted(Comparator.comparingInt(item -> -positives.columnLength(item)))
            .mapToInt(item -> item)
            .toArray();
    long before = 0;
    for (int item : mostLikedFirst) {
      long third = positives.size() == 0 ? COUNT - 1 : COUNT * before / positives.size();
      thirds[item] = (byte) Math.min(COUNT - 1, third);
      before += positives.columnLength(item);
    }
    return new PopularityThirds(thirds);
  }

  /** 0 for the head, 1 for the middle, 2 for the tail. */
  public int of(int item) {
    return thirds[item];
  }

  /** Items of each third. */
  public int[] sizes() {
    int[] sizes = new int[COUNT];
    for (byte third : thirds) {
      sizes[third]++;
    }
    return sizes;
  }

  @Override
  public String toString() {
    return "PopularityThirds" + Arrays.toString(sizes());
  }
}
