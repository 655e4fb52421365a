package dev.thaw.models.factors;

import java.util.Arrays;

/**
 * Factors of one block for some blocks of the other side that lie together: each row once, however
 * many of them need it, and for each of them which rows.
 *
 * @param blocks that need any, ascending
 * @param start first element in {@code place} of each of these and the end of the last
 * @param place number of a row in {@code rows}, in the order in which the block expects them
 * @param rows flat, rows x d
 */
public record SentFactors(int[] blocks, int[] start, int[] place, float[] rows) {

  /** How many rows a block gets. */
  public int rowsFor(int block) {
    int at = Arrays.binarySearch(blocks, block);
    return at < 0 ? 0 : start[at + 1] - start[at];
  }

  /**
   * Writes the rows of a block one after the other.
   *
   * @param from first element of {@code out} that is written
   */
  public void copy(int block, int rank, float[] out, int from) {
    int at = Arrays.binarySearch(blocks, block);
    for (int i = 0; i < rowsFor(block); i++) {
      System.arraycopy(rows, place[start[at] + i] * rank, out, from + i * rank, rank);
    }
  }
}
