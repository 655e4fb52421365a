package dev.thaw.featuredefinitions.vocabulary;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An item as its catalogue describes it.
 *
 * @param title may be empty: an item without metadata is served by exploration
 * @param attributes further words such as {@code decade -> 1990s}, {@code director -> ...}; a value
 *     may list several, separated by {@code |}
 * @param image where its picture lies, an {@code http[s]} URL or a path that the installation
 *     knows; empty without one
 * @param time when this version of the record was made; newer versions replace older ones
 */
public record CatalogueItem(
    ItemId itemId,
    DomainId domain,
    String title,
    String description,
    List<String> categories,
    Map<String, String> attributes,
    String image,
    boolean available,
    Instant time) {

  public CatalogueItem {
    categories = List.copyOf(categories);
    attributes = Map.copyOf(attributes);
    // a state kept by a job that knew no images has none
    image = Objects.requireNonNullElse(image, "");
  }

  /** Without a picture. */
  public CatalogueItem(
      ItemId itemId,
      DomainId domain,
      String title,
      String description,
      List<String> categories,
      Map<String, String> attributes,
      boolean available,
      Instant time) {
    this(itemId, domain, title, description, categories, attributes, "", available, time);
  }

  /** Whether there are no words for it: people would not know what they are asked about. */
  public boolean isWithoutMetadata() {
    return title.isBlank() && description.isBlank() && categories.isEmpty();
  }
}
