package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.streams.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Catalogue records of tests. */
public final class TestItems {
  private TestItems() {}

  public static CatalogueItem item(String id, String title, Duration offset) {
    return item(id, TestEvents.MOVIES, title, Map.of(), true, offset);
  }

  public static CatalogueItem item(
      String id,
      DomainId domain,
      String title,
      Map<String, String> attributes,
      boolean available,
      Duration offset) {
    return new CatalogueItem(
        ItemId.of(id), domain, title, "", List.of(), attributes, available, TestEvents.at(offset));
  }

  public static Change<CatalogueItem> change(CatalogueItem item) {
    return new Change<>(item.itemId().value(), item);
  }

  public static <T> Change<T> deletion(String key) {
    return new Change<>(key, null);
  }
}
