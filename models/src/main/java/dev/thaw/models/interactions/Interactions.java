package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Interactions of one domain as a sparse matrix of users by items, in rows (CSR) and columns (CSC).
 * Users and items are numbered in the order of their ids, entries of a row by item, entries of a
 * column by user, whatever the order they came in. An entry's strength is on the domain's rating
 * scale. Immutable, thread-safe.
 */
public final class Interactions {
  /** Time of an entry that has none. */
  public static final long UNTIMED = Long.MIN_VALUE;

  private final DomainId domain;
  private final List<UserId> users;
  private final ItemDictionary items;
  private final int[] rowStart;
  private final int[] rowItem;
  private final float[] rowStrength;
  private final long[] rowTime;
  private final int[] columnStart;
  private final int[] columnUser;
  private final float[] columnStrength;

  Interactions(
      DomainId domain,
      List<UserId> users,
      ItemDictionary items,
      int[] rowStart,
      int[] rowItem,
      float[] rowStrength,
      long[] rowTime) {
    this.domain = domain;
    this.users = users;
    this.items = items;
    this.rowStart = rowStart;
    this.rowItem = rowItem;
    this.rowStrength = rowStrength;
    this.rowTime = rowTime;
    this.columnStart = new int[items.size() + 1];
    this.columnUser = new int[rowItem.length];
    this.columnStrength = new float[rowItem.length];
    transpose();
  }

  private void transpose() {
    for (int item : rowItem) {
      columnStart[item + 1]++;
    }
    for (int i = 0; i < items.size(); i++) {
      columnStart[i + 1] += columnStart[i];
    }
    int[] next = columnStart.clone();
    for (int u = 0; u < users.size(); u++) {
      for (int at = rowStart[u]; at < rowStart[u + 1]; at++) {
        int to = next[rowItem[at]]++;
        columnUser[to] = u;
        columnStrength[to] = rowStrength[at];
      }
    }
  }

  public static InteractionsBuilder builder(DomainId domain) {
    return new InteractionsBuilder(domain);
  }

  public DomainId domain() {
    return domain;
  }

  /** By number. */
  public List<UserId> users() {
    return users;
  }

  public ItemDictionary items() {
    return items;
  }

  /** Number of entries. */
  public int size() {
    return rowItem.length;
  }

  /** The user's number, -1 if there is none. O(log users). */
  public int indexOf(UserId user) {
    int at = Collections.binarySearch(users, user);
    return at < 0 ? -1 : at;
  }

  /** First entry of a user's row; {@code rowStart(users)} is the end of the last. */
  public int rowStart(int user) {
    return rowStart[user];
  }

  public int rowLength(int user) {
    return rowStart[user + 1] - rowStart[user];
  }

  /** Users with at least one entry. O(users). */
  public int rows() {
    int rows = 0;
    for (int u = 0; u < users.size(); u++) {
      rows += rowLength(u) > 0 ? 1 : 0;
    }
    return rows;
  }

  public int rowItem(int entry) {
    return rowItem[entry];
  }

  public float rowStrength(int entry) {
    return rowStrength[entry];
  }

  /** Epoch milliseconds, or {@link #UNTIMED}. */
  public long rowTime(int entry) {
    return rowTime[entry];
  }

  /** First entry of an item's column; {@code columnStart(items)} is the end of the last. */
  public int columnStart(int item) {
    return columnStart[item];
  }

  public int columnLength(int item) {
    return columnStart[item + 1] - columnStart[item];
  }

  public int columnUser(int entry) {
    return columnUser[entry];
  }

  public float columnStrength(int entry) {
    return columnStrength[entry];
  }

  /** Mean strength, 0 if empty. */
  public double mean() {
    double sum = 0;
    for (float strength : rowStrength) {
      sum += strength;
    }
    return rowStrength.length == 0 ? 0 : sum / rowStrength.length;
  }

  /** A user's row, newest first; entries of equal time by item. */
  public History history(int user) {
    List<History.Entry> entries = new ArrayList<>(rowLength(user));
    for (int at = rowStart[user]; at < rowStart[user + 1]; at++) {
      entries.add(new History.Entry(items.get(rowItem[at]), rowStrength[at], rowTime[at]));
    }
    entries.sort(
        Comparator.comparingLong(History.Entry::timeMillis)
            .reversed()
            .thenComparing(History.Entry::item));
    return new History(entries.size(), entries);
  }

  /** The row of a user; empty for unknown ones. */
  public History history(UserId user) {
    int number = indexOf(user);
    return number < 0 ? History.EMPTY : history(number);
  }

  /**
   * What a user did, oldest first; entries of one time in a random order, since that of ids says
   * something in most data.
   */
  public List<History.Entry> oldestFirst(UserId user, RandomGenerator random) {
    List<History.Entry> inOrder = Shuffled.of(history(user).entries(), random);
    inOrder.sort(Comparator.comparingLong(History.Entry::timeMillis));
    return inOrder;
  }

  /** Entries of some strengths, with the same users and items. */
  public Interactions where(DoublePredicate strength) {
    return subset(user -> true, item -> true, entry -> strength.test(rowStrength[entry]));
  }

  /** Rows of some users, with the same items and users; the rows of the others are empty. */
  public Interactions ofUsers(Predicate<UserId> which) {
    return subset(which, item -> true, entry -> true);
  }

  /** Columns of some items, by number, with the same items and users; the others are empty. */
  public Interactions ofItems(IntPredicate which) {
    return subset(user -> true, which, entry -> true);
  }

  /** The entries of other items' numbers; those of items that are not there are left out. */
  public Interactions onItems(ItemDictionary others) {
    if (others.equals(items)) {
      return this;
    }
    InteractionsBuilder builder = builder(domain);
    others.all().forEach(builder::addItem);
    for (int u = 0; u < users.size(); u++) {
      builder.addUser(users.get(u));
      for (int at = rowStart[u]; at < rowStart[u + 1]; at++) {
        ItemId item = items.get(rowItem[at]);
        if (others.indexOf(item) >= 0) {
          var unused = builder.add(users.get(u), item, rowStrength[at], rowTime[at]);
        }
      }
    }
    return builder.build();
  }

  /** Entries of a time before this one, with the same users and items; none without a time. */
  public Interactions before(long timeMillis) {
    return subset(
        user -> true,
        item -> true,
        entry -> rowTime[entry] != UNTIMED && rowTime[entry] < timeMillis);
  }

  /** The same without their times. */
  public Interactions untimed() {
    long[] none = new long[size()];
    java.util.Arrays.fill(none, UNTIMED);
    return new Interactions(
        domain, users, items, rowStart.clone(), rowItem.clone(), rowStrength.clone(), none);
  }

  private Interactions subset(Predicate<UserId> which, IntPredicate items, IntPredicate entries) {
    int[] start = new int[users.size() + 1];
    int[] item = new int[size()];
    float[] kept = new float[size()];
    long[] time = new long[size()];
    int n = 0;
    for (int u = 0; u < users.size(); u++) {
      if (which.test(users.get(u))) {
        for (int at = rowStart[u]; at < rowStart[u + 1]; at++) {
          if (items.test(rowItem[at]) && entries.test(at)) {
            item[n] = rowItem[at];
            kept[n] = rowStrength[at];
            time[n++] = rowTime[at];
          }
        }
      }
      start[u + 1] = n;
    }
    return new Interactions(
        domain,
        users,
        this.items,
        start,
        java.util.Arrays.copyOf(item, n),
        java.util.Arrays.copyOf(kept, n),
        java.util.Arrays.copyOf(time, n));
  }

  /** SHA-256 over ids, strengths and times: the data hash of a provenance. */
  public String dataHash() {
    return InteractionsHash.of(this);
  }

  @Override
  public String toString() {
    return "Interactions["
        + domain
        + ", "
        + users.size()
        + " users, "
        + items.size()
        + " items, "
        + size()
        + " entries]";
  }
}
