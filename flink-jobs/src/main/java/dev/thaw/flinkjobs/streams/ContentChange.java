package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * What the vector index has to learn of an item. A plain Flink POJO; not changed after it was made.
 */
public final class ContentChange {
  /** What is to be done. */
  public enum Kind {
    /** The text changed: encode it. */
    ENCODE,
    /** The vector stays, its flags changed. */
    FLAGS,
    /** The item is gone. */
    DELETE
  }

  public Kind kind = Kind.DELETE;
  public String itemId = "";

  /** The catalogue record, null for a deletion. */
  public @Nullable CatalogueItem item;

  public boolean cold;

  /** Event time of the newest of record and flag, epoch milliseconds. */
  public long time;

  /** For Flink. */
  public ContentChange() {}

  private ContentChange(
      Kind kind, String itemId, @Nullable CatalogueItem item, boolean cold, long time) {
    this.kind = kind;
    this.itemId = itemId;
    this.item = item;
    this.cold = cold;
    this.time = time;
  }

  public static ContentChange encode(CatalogueItem item, boolean cold, long time) {
    return new ContentChange(Kind.ENCODE, item.itemId().value(), item, cold, time);
  }

  public static ContentChange flags(CatalogueItem item, boolean cold, long time) {
    return new ContentChange(Kind.FLAGS, item.itemId().value(), item, cold, time);
  }

  public static ContentChange delete(String itemId) {
    return new ContentChange(Kind.DELETE, itemId, null, true, 0);
  }

  public ItemId id() {
    return new ItemId(itemId);
  }
}
