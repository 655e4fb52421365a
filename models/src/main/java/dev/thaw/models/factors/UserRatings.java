package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Deals the ratings of one block of users out: the rows stay with the users, each block of items
 * gets its share of the columns. Items and users belong to the block of {@link FactorBlock#of}.
 */
public final class UserRatings {
  private final int number;
  private final int blocks;
  private final Interactions data;

  /** Numbers of the items of each block, ascending. */
  private final int[][] itemsOf;

  private final int[] blockOf;
  private final int[] received;
  private final int[] columnOf;

  private UserRatings(int number, Interactions data, int blocks) {
    this.number = number;
    this.blocks = blocks;
    this.data = data;
    int items = data.items().size();
    this.blockOf = new int[items];
    this.columnOf = new int[items];
    this.received = new int[blocks + 1];
    int[] sizes = new int[blocks];
    for (int i = 0; i < items; i++) {
      blockOf[i] = FactorBlock.of(data.items().get(i).value(), blocks);
      sizes[blockOf[i]]++;
    }
    this.itemsOf = new int[blocks][];
    for (int block = 0; block < blocks; block++) {
      itemsOf[block] = new int[sizes[block]];
    }
    int[] next = new int[blocks];
    for (int i = 0; i < items; i++) {
      itemsOf[blockOf[i]][next[blockOf[i]]++] = i;
    }
    int column = 0;
    for (int block = 0; block < blocks; block++) {
      received[block] = column;
      for (int item : itemsOf[block]) {
        columnOf[item] = data.columnLength(item) > 0 ? column++ : -1;
      }
    }
    received[blocks] = column;
  }

  /**
   * @param number of the block
   * @param data of its users alone; rows without entries count as users, too
   * @param blocks of items
   */
  public static UserRatings of(int number, Interactions data, int blocks) {
    return new UserRatings(number, data, blocks);
  }

  /** The users' rows, without biases or factors yet. */
  public FactorBlock block() {
    int users = data.users().size();
    int[] start = new int[users + 1];
    int[] column = new int[data.size()];
    float[] strength = new float[data.size()];
    for (int u = 0; u < users; u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        column[at] = columnOf[data.rowItem(at)];
        strength[at] = data.rowStrength(at);
      }
      start[u + 1] = data.rowStart(u + 1);
    }
    int[] sentStart = new int[blocks + 1];
    List<int[]> sent = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      int[] rows = usersWith(block);
      sentStart[block + 1] = sentStart[block] + rows.length;
      sent.add(rows);
    }
    int[] all = sent.stream().flatMapToInt(Arrays::stream).toArray();
    String[] ids = data.users().stream().map(UserId::value).toArray(String[]::new);
    return FactorBlock.begun(
        number, true, ids, new BlockEntries(start, column, strength, received, sentStart, all));
  }

  /** Users with an entry of one of the block's items, ascending. */
  private int[] usersWith(int block) {
    int[] users = new int[data.users().size()];
    int n = 0;
    for (int u = 0; u < users.length; u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        if (blockOf[data.rowItem(at)] == block) {
          users[n++] = u;
          break;
        }
      }
    }
    return Arrays.copyOf(users, n);
  }

  /** One for each block of items of which there are any here. */
  public List<RatingShare> shares() {
    List<RatingShare> shares = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      if (itemsOf[block].length > 0) {
        shares.add(share(block));
      }
    }
    return shares;
  }

  private RatingShare share(int block) {
    int[] items = itemsOf[block];
    int[] users = usersWith(block);
    int[] place = new int[data.users().size()];
    for (int i = 0; i < users.length; i++) {
      place[users[i]] = i;
    }
    String[] ids = new String[items.length];
    int[] start = new int[items.length + 1];
    for (int i = 0; i < items.length; i++) {
      ids[i] = data.items().get(items[i]).value();
      start[i + 1] = start[i] + data.columnLength(items[i]);
    }
    int[] user = new int[start[items.length]];
    float[] strength = new float[user.length];
    int n = 0;
    for (int item : items) {
      for (int at = data.columnStart(item); at < data.columnStart(item + 1); at++) {
        user[n] = place[data.columnUser(at)];
        strength[n++] = data.columnStrength(at);
      }
    }
    return new RatingShare(number, ids, start, user, strength, users.length);
  }
}
