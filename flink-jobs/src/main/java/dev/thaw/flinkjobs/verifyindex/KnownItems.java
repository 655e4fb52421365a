package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of now, without what was deleted. It may change while it is read. */
public interface KnownItems {

  Optional<CatalogueItem> find(ItemId item);

  Stream<CatalogueItem> all();

  /** A catalogue that stays as it is. */
  static KnownItems of(Collection<CatalogueItem> items) {
    Map<ItemId, CatalogueItem> byId = new HashMap<>();
    items.forEach(item -> byId.put(item.itemId(), item));
    return new KnownItems() {
      @Override
      public Optional<CatalogueItem> find(ItemId item) {
        return Optional.ofNullable(byId.get(item));
      }

      @Override
      public Stream<CatalogueItem> all() {
        return byId.values().stream();
      }
    };
  }
}
