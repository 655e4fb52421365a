package dev.thaw.models.factors;

/**
 * The entries of one block of users or items, and what it exchanges with the blocks of the other
 * side in each half-step: of each of these only the rows that it has entries with, in an order that
 * both know without telling each other.
 *
 * @param start first entry of each row and the end of the last, {@code rows + 1}
 * @param column by entry, row of the matrix that the blocks of the other side send, one after the
 *     other
 * @param strength by entry
 * @param received first row of each of the other blocks in that matrix and the end of the last
 * @param sentStart first element in {@code sent} for each of the other blocks and the end of the
 *     last
 * @param sent rows of this block, in the order in which each other block gets them
 */
public record BlockEntries(
    int[] start, int[] column, float[] strength, int[] received, int[] sentStart, int[] sent) {

  private static final int[] NONE = {};

  /** How many entries the rows have, and nothing else. */
  BlockEntries counted() {
    return new BlockEntries(start, NONE, new float[0], NONE, NONE, NONE);
  }

  int rows() {
    return start.length - 1;
  }

  int length(int row) {
    return start[row + 1] - start[row];
  }

  /** Rows of the matrix of the other side. */
  int columns() {
    return received[received.length - 1];
  }

  /** Number of blocks of the other side. */
  int others() {
    return received.length - 1;
  }
}
