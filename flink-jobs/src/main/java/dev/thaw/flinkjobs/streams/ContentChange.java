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
    /** The text and its vector stay, flags or attributes changed. */
    FLAGS,
    /** The item is gone. */
    DELETE,
    /** No item: an artefact set was announced, whose indexes are built. */
    ANNOUNCED
  }

  public Kind kind = Kind.DELETE;

  /** Of an announcement the version of the set. */
  public String itemId = "";

  /** The catalogue record, null for a deletion. */
  public @Nullable CatalogueItem item;

  public boolean cold;

  /** The domain that the item belonged to before, empty if it did not leave one. */
  public String left = "";

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

  /** The same, of an item that has left another domain. */
  public ContentChange leaving(String domain) {
    ContentChange change = new ContentChange(kind, itemId, item, cold, time);
    change.left = domain;
    return change;
  }

  public static ContentChange delete(String itemId, long time) {
    return new ContentChange(Kind.DELETE, itemId, null, true, time);
  }

  public static ContentChange announced(String setVersion, long time) {
    return new ContentChange(Kind.ANNOUNCED, setVersion, null, true, time);
  }

  public ItemId id() {
    return new ItemId(itemId);
  }
}
