package dev.thaw.serving.catalogue;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;

/**
 * An item as serving keeps it: without its description.
 *
 * @param number dense number within the domain, from 0; the same as long as the process runs
 * @param record the catalogue record, its description left out
 * @param withoutMetadata whether the full record had nothing an encoder could read
 * @param deleted whether the item is gone; its number stays taken
 */
public record ServedItem(
    int number, CatalogueItem record, boolean withoutMetadata, boolean deleted) {

  static ServedItem of(int number, CatalogueItem record) {
    CatalogueItem slim =
        new CatalogueItem(
            record.itemId(),
            record.domain(),
            record.title(),
            "",
            record.categories(),
            record.attributes(),
            record.available(),
            record.time());
    return new ServedItem(number, slim, record.isWithoutMetadata(), false);
  }

  ServedItem gone() {
    return new ServedItem(number, record, withoutMetadata, true);
  }

  public ItemId id() {
    return record.itemId();
  }

  public List<String> categories() {
    return record.categories();
  }

  /** Whether it may be recommended at all. */
  public boolean eligible() {
    return record.available() && !deleted;
  }
}
