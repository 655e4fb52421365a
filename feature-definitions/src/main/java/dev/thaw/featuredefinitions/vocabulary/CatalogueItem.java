package dev.thaw.featuredefinitions.vocabulary;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An item as its catalogue describes it.
 *
 * @param title may be empty: an item without metadata is served by exploration
 * @param attributes further words such as {@code decade -> 1990s}, {@code director -> ...}; a value
 *     may list several, separated by {@code |}
 * @param time when this version of the record was made; newer versions replace older ones
 */
public record CatalogueItem(
    ItemId itemId,
    DomainId domain,
    String title,
    String description,
    List<String> categories,
    Map<String, String> attributes,
    boolean available,
    Instant time) {

  public CatalogueItem {
    categories = List.copyOf(categories);
    attributes = Map.copyOf(attributes);
  }

  /** Whether there is nothing an encoder could read. */
  public boolean isWithoutMetadata() {
    return title.isBlank() && description.isBlank() && categories.isEmpty();
  }
}
