package dev.thaw.models.factors;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Puts the columns of one block of items together from what each block of users has of them. */
public final class ItemRatings {
  private ItemRatings() {}

  /**
   * @param number of the block
   * @param shares at most one of each block of users, in the order of these
   * @param blocks of users
   * @return without biases or factors yet
   */
  public static FactorBlock of(int number, List<RatingShare> shares, int blocks) {
    TreeSet<String> items = new TreeSet<>();
    shares.forEach(share -> items.addAll(Arrays.asList(share.items())));
    String[] ids = items.toArray(String[]::new);
    int[] start = new int[ids.length + 1];
    for (RatingShare share : shares) {
      for (int i = 0; i < share.items().length; i++) {
        int row = Arrays.binarySearch(ids, share.items()[i]);
        start[row + 1] += share.start()[i + 1] - share.start()[i];
      }
    }
    for (int row = 0; row < ids.length; row++) {
      start[row + 1] += start[row];
    }
    return filled(number, ids, start, shares, blocks);
  }

  private static FactorBlock filled(
      int number, String[] ids, int[] start, List<RatingShare> shares, int blocks) {
    int entries = start[ids.length];
    int[] column = new int[entries];
    float[] strength = new float[entries];
    int[] received = new int[blocks + 1];
    int[] sentStart = new int[blocks + 1];
    int[] sent = new int[shares.stream().mapToInt(share -> share.items().length).sum()];
    int[] next = start.clone();
    for (RatingShare share : shares) {
      received[share.from() + 1] = share.users();
    }
    for (int block = 0; block < blocks; block++) {
      received[block + 1] += received[block];
    }
    int sending = 0;
    for (RatingShare share : shares) {
      int from = sending;
      for (int i = 0; i < share.items().length; i++) {
        int row = Arrays.binarySearch(ids, share.items()[i]);
        for (int at = share.start()[i]; at < share.start()[i + 1]; at++) {
          column[next[row]] = received[share.from()] + share.user()[at];
          strength[next[row]++] = share.strength()[at];
        }
        if (share.start()[i + 1] > share.start()[i]) {
          sent[sending++] = row;
        }
      }
      sentStart[share.from() + 1] = sending - from;
    }
    for (int block = 0; block < blocks; block++) {
      sentStart[block + 1] += sentStart[block];
    }
    return FactorBlock.begun(
        number,
        false,
        ids,
        new BlockEntries(
            start, column, strength, received, sentStart, Arrays.copyOf(sent, sending)));
  }
}
