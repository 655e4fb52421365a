package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Items that come and change while servers are killed: new ones, which have to be encoded, and such
 * that are no longer to be had. None gets another title: the taste of its users would depend on
 * which of event and new vector a job reads first. An item changes once, so that what a server
 * delivers late has no successor it could come after. For one thread.
 */
final class KnownItems {
  private static final int KINDS = 2;

  private final List<CatalogueItem> catalogue;
  private final Supplier<Instant> now;
  private final Map<ItemId, CatalogueItem> sent = new LinkedHashMap<>();

  /**
   * @param catalogue what is there before
   * @param now of the item that is sent next
   */
  KnownItems(List<CatalogueItem> catalogue, Supplier<Instant> now) {
    this.catalogue = List.copyOf(catalogue);
    this.now = now;
  }

  /** The next ones, one of each kind; fewer when the catalogue has no more. */
  List<CatalogueItem> next() {
    int begun = sent.size();
    List<CatalogueItem> items = new ArrayList<>();
    for (int kind = 0; kind < KINDS && begun + kind < catalogue.size(); kind++) {
      CatalogueItem item = next(kind, catalogue.get(begun + kind));
      sent.put(item.itemId(), item);
      items.add(item);
    }
    return items;
  }

  private CatalogueItem next(int kind, CatalogueItem of) {
    boolean isNew = kind == 0;
    return new CatalogueItem(
        isNew ? ItemId.of("new-" + of.itemId().value()) : of.itemId(),
        of.domain(),
        isNew ? of.title() + " of the " + sent.size() + "th year" : of.title(),
        of.description(),
        of.categories(),
        of.attributes(),
        isNew,
        now.get());
  }

  /** All of them, as they were sent. */
  Map<ItemId, CatalogueItem> sent() {
    return Map.copyOf(sent);
  }
}
