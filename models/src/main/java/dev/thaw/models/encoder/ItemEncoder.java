package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;
import java.util.Optional;

/** Catalogue items to unit vectors. Thread-safe. */
public interface ItemEncoder extends AutoCloseable {
  Modality modality();

  VectorSpace space();

  /** Hash of what {@link #encode} would read of the item and of the encoder's version. */
  String contentHash(CatalogueItem item);

  /** One vector per item, in order; empty where the item has nothing this encoder reads. */
  List<Optional<Embedding>> encode(List<CatalogueItem> items);

  @Override
  void close();
}
