package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text encoder reads of an item: title, categories and description, in this order, so that
 * the short and telling parts survive where a long description is cut.
 */
public final class ItemText {
  /** Characters read of an item; an encoder's tokens end long before. */
  public static final int MAX_LENGTH = 4_000;

  private static final int MAX_CATEGORIES = 50;

  private ItemText() {}

  /** The canonical text; empty if the item has no metadata. */
  public static String of(CatalogueItem item) {
    List<String> parts = new ArrayList<>(3);
    add(parts, item.title());
    add(
        parts,
        String.join(
            ", ",
            item.categories().subList(0, Math.min(MAX_CATEGORIES, item.categories().size()))));
    add(parts, item.description());
    String text = String.join(". ", parts);
    return CleanText.of(text, MAX_LENGTH);
  }

  private static void add(List<String> parts, String raw) {
    String clean = CleanText.of(raw, MAX_LENGTH);
    if (!clean.isEmpty()) {
      parts.add(clean);
    }
  }

  /**
   * SHA-256 in hex of the encoder's version and the canonical text: as long as it is the same, so
   * is the vector.
   */
  public static String contentHash(String encoderVersion, CatalogueItem item) {
    return ModelVersion.hash(encoderVersion, of(item));
  }
}
