package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;

/** Catalogue items to unit vectors. Thread-safe. */
public interface ItemEncoder extends AutoCloseable {
  VectorSpace space();

  /** Hash of what {@link #encode} would read of the item and of the encoder's version. */
  String contentHash(CatalogueItem item);

  /**
   * What became of each item, in order.
   *
   * @throws IllegalArgumentException if one of the items can't be encoded at all
   */
  List<EncodedItem> encode(List<CatalogueItem> items);

  @Override
  void close();
}
