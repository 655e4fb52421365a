package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Items by dense number {@code 0..size-1}, in the order of their ids. Immutable, thread-safe. */
public final class ItemDictionary {
  private final List<ItemId> items;
  private final Map<ItemId, Integer> numbers;

  private ItemDictionary(List<ItemId> items) {
    this.items = items;
    this.numbers = new HashMap<>(items.size() * 2);
    for (int i = 0; i < items.size(); i++) {
      numbers.put(items.get(i), i);
    }
  }

  /** Distinct items, sorted by id. */
  public static ItemDictionary of(Collection<ItemId> items) {
    return new ItemDictionary(List.copyOf(new TreeSet<>(items)));
  }

  public int size() {
    return items.size();
  }

  /**
   * @throws IndexOutOfBoundsException unless {@code 0 <= number < size}
   */
  public ItemId get(int number) {
    return items.get(number);
  }

  /** The item's number, -1 if it is not here. */
  public int indexOf(ItemId item) {
    return numbers.getOrDefault(item, -1);
  }

  /** By number. */
  public List<ItemId> all() {
    return items;
  }

  public void write(BinaryWriter out) {
    out.writeCount(items.size());
    items.forEach(item -> out.writeText(item.value()));
  }

  /**
   * @throws IllegalArgumentException if the ids are not distinct and sorted
   */
  public static ItemDictionary read(BinaryReader in) {
    int size = in.readSize(1);
    List<ItemId> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ItemId item = ItemId.of(in.readText());
      if (i > 0 && items.get(i - 1).compareTo(item) >= 0) {
        throw in.damaged("item " + item + " after " + items.get(i - 1));
      }
      items.add(item);
    }
    return new ItemDictionary(List.copyOf(items));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemDictionary that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public String toString() {
    return "ItemDictionary[" + items.size() + "]";
  }
}
