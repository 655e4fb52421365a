package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.projection.PlacedItems;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.vectorindex.VectorIndexException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors that score the items of a domain under one factor model: per item a row of d
 * components and a bias, where training placed it by what it is and who likes it. Likes that come
 * between two trainings move no row. Rows are made when first seen and again when the item's
 * content changes; a change just before a server or set starts, whose content vector comes after
 * it, shows with the next one. One thread refreshes, any number score without locks.
 */
public final class ItemVectors {
  private static final Logger LOG = LoggerFactory.getLogger(ItemVectors.class);

  /** Items whose content vectors are read at once and in memory together. */
  private static final int BATCH = 500;

  /** Refreshes an item is given for its content vector to come. */
  private static final byte MAX_TRIES = 60;

  /**
   * Refreshes after a change of the content at which the row is made again: its content vector is
   * encoded meanwhile, and until then the index has the one of the old text.
   */
  private static final int MAX_RENEWALS = 64;

  private final int rank;
  private final PlacedItems placed;
  private final Function<ItemId, float @Nullable []> learned;
  private final Function<List<CatalogueItem>, Map<ItemId, ProjectedRows.Row>> projected;
  private final DomainCatalogue catalogue;
  private volatile Rows rows = new Rows(0);

  /** Everything by item number; a row is never changed once it is here. */
  private static final class Rows {
    final float[][] placed;
    final float[][] projected;
    final float[] followed;

    /** What the next refresh is to make again. */
    final boolean[] unsettled;

    final byte[] tries;

    /** As of the last refresh, 0 before the first. */
    final int[] contentHash;

    /** Refreshes since the content changed, 0 if it has long not. */
    final byte[] renewals;

    Rows(int size) {
      placed = new float[size][];
      projected = new float[size][];
      followed = new float[size];
      unsettled = new boolean[size];
      tries = new byte[size];
      contentHash = new int[size];
      renewals = new byte[size];
    }

    Rows grown(int size) {
      Rows out = new Rows(size);
      System.arraycopy(placed, 0, out.placed, 0, placed.length);
      System.arraycopy(projected, 0, out.projected, 0, projected.length);
      System.arraycopy(followed, 0, out.followed, 0, followed.length);
      System.arraycopy(unsettled, 0, out.unsettled, 0, unsettled.length);
      System.arraycopy(tries, 0, out.tries, 0, tries.length);
      System.arraycopy(contentHash, 0, out.contentHash, 0, contentHash.length);
      System.arraycopy(renewals, 0, out.renewals, 0, renewals.length);
      return out;
    }
  }

  /**
   * @param rank d, length of a user's vector
   * @param placed items that were there in training
   * @param learned row of d + 1 (bias last) of an item the model was trained on
   * @param projected rows of d + 1 from items' content and attributes, of those that have one
   */
  ItemVectors(
      int rank,
      PlacedItems placed,
      DomainCatalogue catalogue,
      Function<ItemId, float @Nullable []> learned,
      Function<List<CatalogueItem>, Map<ItemId, ProjectedRows.Row>> projected) {
    this.rank = rank;
    this.placed = placed;
    this.catalogue = catalogue;
    this.learned = learned;
    this.projected = projected;
  }

  public int rank() {
    return rank;
  }

  public boolean knows(int number) {
    Rows now = rows;
    return number < now.placed.length && now.placed[number] != null;
  }

  /**
   * {@code b_i + <p, q_i>} for a known item; -infinity for others. O(d), no allocation.
   *
   * @param user p, of length d
   */
  public double score(int number, float[] user) {
    float[] row = row(number);
    if (row == null) {
      return Double.NEGATIVE_INFINITY;
    }
    return row[rank] + InnerProduct.of(row, user, rank);
  }

  /** Weight of likes, beside content, in the item's row, in [0, 1]; NaN for unknown items. */
  public double gateOf(int number) {
    return knows(number) ? 1 - rows.followed[number] : Double.NaN;
  }

  /** {@code [q; b]} of a known item, of length d + 1; not copied, not to be changed. */
  float @Nullable [] row(int number) {
    Rows now = rows;
    return number < now.placed.length ? now.placed[number] : null;
  }

  /** Cosine of two known items' vectors, biases left out; NaN if one is unknown. */
  public double cosine(int a, int b) {
    if (!knows(a) || !knows(b)) {
      return Double.NaN;
    }
    float[] x = rows.placed[a];
    float[] y = rows.placed[b];
    double squares = (double) InnerProduct.of(x, x, rank) * InnerProduct.of(y, y, rank);
    return squares == 0 ? Double.NaN : InnerProduct.of(x, y, rank) / Math.sqrt(squares);
  }

  /** Unit vector of a known item, else empty. */
  public float[] unit(int number) {
    if (!knows(number)) {
      return new float[0];
    }
    float[] row = rows.placed[number];
    float norm = InnerProduct.of(row, row, rank);
    if (norm == 0) {
      return new float[0];
    }
    float[] unit = Arrays.copyOf(row, rank);
    float scale = (float) (1 / Math.sqrt(norm));
    for (int i = 0; i < rank; i++) {
      unit[i] *= scale;
    }
    return unit;
  }

  /**
   * Makes rows of items that have none and those whose content changed.
   *
   * @return rows made
   */
  synchronized int refresh() {
    int size = catalogue.size();
    Rows next = rows.placed.length < size ? rows.grown(size) : rows;
    int[] due = due(next, size);
    int made = 0;
    boolean contentReadable = true;
    for (int from = 0; from < due.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(due, from, Math.min(due.length, from + BATCH));
      int[] wanted =
          Arrays.stream(batch).filter(number -> isProjectionWanted(next, number)).toArray();
      contentReadable = contentReadable && project(next, wanted);
      for (int number : batch) {
        made += place(next, number) ? 1 : 0;
      }
      if (!contentReadable) {
        Arrays.stream(wanted).forEach(number -> putOff(next, number));
      }
    }
    rows = next;
    return made;
  }

  /** Numbers of the items whose rows are to be made. */
  private int[] due(Rows next, int size) {
    int[] due = new int[size];
    int found = 0;
    for (int number = 0; number < size; number++) {
      boolean changed = next.placed[number] == null || next.unsettled[number];
      boolean renewed = isToBeRenewed(next, number);
      if (changed || renewed || isWaiting(next, number)) {
        due[found++] = number;
      }
    }
    return Arrays.copyOf(due, found);
  }

  private static boolean isWaiting(Rows next, int number) {
    return next.tries[number] > 0 && next.tries[number] < MAX_TRIES;
  }

  /** Counts the refreshes since a change; ever rarer ones are to make the row again. */
  private boolean isToBeRenewed(Rows next, int number) {
    int hash = catalogue.get(number).contentHash();
    if (next.contentHash[number] != hash) {
      next.renewals[number] = (byte) (next.contentHash[number] == 0 ? 0 : 1);
      next.contentHash[number] = hash;
    } else if (next.renewals[number] > 0) {
      next.renewals[number] = (byte) ((next.renewals[number] + 1) % (MAX_RENEWALS + 1));
    }
    return Integer.bitCount(next.renewals[number]) == 1;
  }

  /**
   * Whether the item needs a projected row and has none, only one without its content, or one of
   * content it no longer has.
   */
  private boolean isProjectionWanted(Rows next, int number) {
    boolean lacking =
        next.projected[number] == null
            || isWaiting(next, number)
            || Integer.bitCount(next.renewals[number]) == 1;
    return lacking && !catalogue.get(number).deleted() && followed(number) > 0;
  }

  /** Has the next refresh ask again: one that could not read the index is none that was given. */
  private static void putOff(Rows next, int number) {
    next.unsettled[number] = true;
    if (next.renewals[number] > 1) {
      next.renewals[number]--;
    }
  }

  /**
   * @return false if the content index can't be read
   */
  private boolean project(Rows next, int[] numbers) {
    if (numbers.length == 0) {
      return true;
    }
    List<ServedItem> items = Arrays.stream(numbers).mapToObj(catalogue::get).toList();
    Map<ItemId, ProjectedRows.Row> made;
    try {
      made = projected.apply(items.stream().map(ServedItem::record).toList());
    } catch (VectorIndexException e) {
      LOG.warn("items of {} wait for their content vectors: {}", catalogue.domain(), e.toString());
      return false;
    }
    for (ServedItem item : items) {
      ProjectedRows.@Nullable Row row = made.get(item.id());
      if (row != null) {
        int number = item.number();
        next.projected[number] = row.vector();
        next.tries[number] =
            row.complete() || item.withoutMetadata() ? 0 : (byte) (next.tries[number] + 1);
      }
    }
    return true;
  }

  private double followed(int number) {
    ItemId id = catalogue.get(number).id();
    return placed.followed(id, learned.apply(id) != null);
  }

  private boolean place(Rows next, int number) {
    ItemId id = catalogue.get(number).id();
    float[] own = learned.apply(id);
    float[] content = next.projected[number];
    float[] row = placed.place(id, own, content);
    next.followed[number] = content == null ? 0 : (float) placed.followed(id, own != null);
    next.unsettled[number] = false;
    next.placed[number] = row;
    return row != null;
  }
}
