package dev.thaw.models.training;

import java.util.List;

/** Of rows that name columns, the rows of each column. */
public final class InvertedLists {
  private InvertedLists() {}

  /**
   * O(rows + names).
   *
   * @param rows numbers of columns, each once a row
   * @return for each column the numbers of its rows, ascending
   */
  public static int[][] of(List<int[]> rows, int columns) {
    int[] counts = new int[columns];
    for (int[] row : rows) {
      for (int column : row) {
        counts[column]++;
      }
    }
    int[][] lists = new int[columns][];
    for (int column = 0; column < columns; column++) {
      lists[column] = new int[counts[column]];
    }
    for (int row = rows.size() - 1; row >= 0; row--) {
      for (int column : rows.get(row)) {
        lists[column][--counts[column]] = row;
      }
    }
    return lists;
  }
}
