package dev.thaw.serving.catalogue;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;
import java.util.Objects;

/**
 * An item as serving keeps it: without its description.
 *
 * @param number dense number within the domain, from 0; the same as long as the process runs
 * @param record the catalogue record, its description left out
 * @param withoutMetadata whether the full record had nothing an encoder could read
 * @param contentHash of everything in the full record that content vectors or projections read
 * @param deleted whether the item is gone; its number stays taken
 */
public record ServedItem(
    int number, CatalogueItem record, boolean withoutMetadata, int contentHash, boolean deleted) {

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
    int contentHash =
        Objects.hash(
            record.title(), record.description(), record.categories(), record.attributes());
    return new ServedItem(number, slim, record.isWithoutMetadata(), contentHash, false);
  }

  ServedItem gone() {
    return new ServedItem(number, record, withoutMetadata, contentHash, true);
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
