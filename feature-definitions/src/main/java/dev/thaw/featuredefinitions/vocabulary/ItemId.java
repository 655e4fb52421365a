package dev.thaw.featuredefinitions.vocabulary;

/** An item, unique in the installation; it belongs to exactly one domain. */
public record ItemId(String value) implements Comparable<ItemId> {
  public ItemId {
    Ids.check("item_id", value);
  }

  public static ItemId of(String value) {
    return new ItemId(value);
  }

  @Override
  public int compareTo(ItemId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
