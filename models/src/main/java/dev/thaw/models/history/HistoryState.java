package dev.thaw.models.history;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.binary.HashSet64;
import dev.thaw.models.keyed.TimedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a {@link HistoryFold} remembers of one user in one domain: the newest items with strength
 * and time, and a 64-bit hash of every counted item. Mutable; belongs to one thread.
 */
public final class HistoryState extends TimedState {
  private static final int MAGIC = 'H';
  private static final int VERSION = 2;

  /** Of {@code saidAt} where no rating is. */
  private static final long UNRATED = Long.MIN_VALUE;

  private long frontier = Long.MIN_VALUE;
  private HashSet64 counted = new HashSet64();

  /** Oldest first; of one time, the smaller id last, so that lists read backwards sort by id. */
  private int size;

  private String[] items = {};
  private double[] strengths = {};
  private long[] times = {};

  /** When the rating was given whose value the strength is. */
  private long[] ratedAt = {};

  HistoryState() {}

  /** Newest interaction, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier() {
    return frontier;
  }

  /** Number of distinct items ever interacted with, up to the bound of the fold. */
  public long interactions() {
    return counted.size();
  }

  boolean add(String item, Opinion next, int listed, int most) {
    frontier = Math.max(frontier, next.timeMillis());
    boolean full = counted.size() >= most;
    long hash = Hash64.of(item);
    boolean fresh = full ? !counted.contains(hash) : counted.add(hash);
    int known = fresh && !full ? -1 : find(item);
    Opinion opinion = next;
    if (known >= 0) {
      Opinion before = opinion(known);
      opinion = before.merge(next);
      if (opinion.equals(before)) {
        return false;
      }
      remove(known);
    } else if (size == listed) {
      if (!precedes(0, item, next.timeMillis())) {
        return fresh && !full;
      }
      remove(0);
    }
    insert(item, opinion);
    return true;
  }

  private Opinion opinion(int entry) {
    boolean rated = isRated(entry);
    return new Opinion(
        strengths[entry], rated, rated ? ratedAt[entry] : times[entry], times[entry]);
  }

  private int find(String item) {
    for (int i = size - 1; i >= 0; i--) {
      if (items[i].equals(item)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the entry is older than the given one. */
  private boolean precedes(int entry, String item, long time) {
    return times[entry] < time || (times[entry] == time && items[entry].compareTo(item) > 0);
  }

  private void remove(int at) {
    size--;
    System.arraycopy(items, at + 1, items, at, size - at);
    System.arraycopy(strengths, at + 1, strengths, at, size - at);
    System.arraycopy(times, at + 1, times, at, size - at);
    System.arraycopy(ratedAt, at + 1, ratedAt, at, size - at);
  }

  private void insert(String item, Opinion opinion) {
    if (size == items.length) {
      int length = size == 0 ? 2 : size + (size >> 1) + 1;
      items = Arrays.copyOf(items, length);
      strengths = Arrays.copyOf(strengths, length);
      times = Arrays.copyOf(times, length);
      ratedAt = Arrays.copyOf(ratedAt, length);
    }
    int at = size;
    while (at > 0 && !precedes(at - 1, item, opinion.timeMillis())) {
      at--;
    }
    System.arraycopy(items, at, items, at + 1, size - at);
    System.arraycopy(strengths, at, strengths, at + 1, size - at);
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(ratedAt, at, ratedAt, at + 1, size - at);
    items[at] = item;
    strengths[at] = opinion.strength();
    times[at] = opinion.timeMillis();
    ratedAt[at] = opinion.rated() ? opinion.saidAt() : UNRATED;
    size++;
  }

  /** The history as it is now. */
  public History history() {
    return history(false);
  }

  /**
   * The same with those items alone that were rated: what models of ratings are learned from, to
   * which the strength that other interactions imply is no rating.
   */
  public History ratings() {
    return history(true);
  }

  private History history(boolean ratedOnly) {
    List<History.Entry> entries = new ArrayList<>(size);
    for (int i = size - 1; i >= 0; i--) {
      if (!ratedOnly || isRated(i)) {
        entries.add(new History.Entry(ItemId.of(items[i]), strengths[i], times[i]));
      }
    }
    return new History(interactions(), entries);
  }

  /** Whether a listed item was rated. */
  public boolean hasRatings() {
    return IntStream.range(0, size).anyMatch(this::isRated);
  }

  private boolean isRated(int entry) {
    return ratedAt[entry] != UNRATED;
  }

  /** The row of {@code user_history}, without the detour over entries. */
  FeatureRow row(EntityKey key) {
    List<String> ids = new ArrayList<>(size);
    double[] strengthsOut = new double[size];
    long[] timesOut = new long[size];
    for (int i = size - 1; i >= 0; i--) {
      strengthsOut[ids.size()] = strengths[i];
      timesOut[ids.size()] = times[i];
      ids.add(items[i]);
    }
    return History.row(
        key, interactions(), ids, strengthsOut, timesOut, Instant.ofEpochMilli(frontier));
  }

  /** An independent copy. */
  public HistoryState copy() {
    HistoryState copy = new HistoryState();
    copy.setTimer(timer());
    copy.frontier = frontier;
    copy.counted = counted.copy();
    copy.size = size;
    copy.items = items.clone();
    copy.strengths = strengths.clone();
    copy.times = times.clone();
    copy.ratedAt = ratedAt.clone();
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(64 + 40 * size).writeByte(MAGIC).writeByte(VERSION);
    out.writeLong(frontier);
    counted.write(out);
    out.writeCount(size);
    for (int i = 0; i < size; i++) {
      out.writeText(items[i]).writeDouble(strengths[i]).writeSigned(times[i]);
      out.writeByte(ratedAt[i] == UNRATED ? 0 : 1);
      if (ratedAt[i] != UNRATED) {
        out.writeSigned(ratedAt[i]);
      }
    }
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not a history state, or damaged
   */
  public static HistoryState fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("history state", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    HistoryState state = new HistoryState();
    state.frontier = in.readLong();
    state.counted = HashSet64.read(in);
    int size = in.readSize(11);
    state.size = size;
    state.items = new String[size];
    state.strengths = new double[size];
    state.times = new long[size];
    state.ratedAt = new long[size];
    for (int i = 0; i < size; i++) {
      state.items[i] = in.readText();
      state.strengths[i] = in.readDouble();
      state.times[i] = in.readSigned();
      state.ratedAt[i] = in.readByte() == 0 ? UNRATED : in.readSigned();
    }
    in.requireEnd();
    return state;
  }
}
