package dev.thaw.serving.catalogue;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The items of one domain under dense numbers. One writer at a time, readers without locks: a
 * reader that sees a size sees all items below it.
 */
public final class DomainCatalogue {
  private final DomainId domain;
  private final ConcurrentHashMap<String, ServedItem> byId = new ConcurrentHashMap<>();
  private volatile ServedItem[] items = new ServedItem[64];
  private volatile int size;
  private volatile long version;

  DomainCatalogue(DomainId domain) {
    this.domain = domain;
  }

  public DomainId domain() {
    return domain;
  }

  /** Numbers in use are below this. */
  public int size() {
    return size;
  }

  /** Changes with every change of the catalogue. */
  public long version() {
    return version;
  }

  public ServedItem get(int number) {
    return items[number];
  }

  public @Nullable ServedItem find(ItemId id) {
    return byId.get(id.value());
  }

  public @Nullable ServedItem find(String id) {
    return byId.get(id);
  }

  /**
   * @return whether the record was newer than what is known, or equally new
   */
  synchronized boolean put(CatalogueItem record) {
    ServedItem known = byId.get(record.itemId().value());
    if (known != null && known.record().time().isAfter(record.time())) {
      return false;
    }
    set(ServedItem.of(known == null ? size : known.number(), record));
    return true;
  }

  synchronized void delete(ItemId id) {
    ServedItem known = byId.get(id.value());
    if (known != null) {
      set(known.gone());
    }
  }

  private void set(ServedItem item) {
    ServedItem[] grown = items;
    if (item.number() == grown.length) {
      grown = Arrays.copyOf(grown, grown.length * 2);
    }
    grown[item.number()] = item;
    items = grown;
    byId.put(item.id().value(), item);
    size = Math.max(size, item.number() + 1);
    version++;
  }
}
