package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes each part of an item by its own encoder; what one can't read is left out. */
final class CombinedItemEncoder implements ItemEncoder {
  private final List<ItemEncoder> parts;
  private final Combination combination;

  /**
   * @param parts in the order of the combination; closed with this
   */
  CombinedItemEncoder(List<ItemEncoder> parts, Combination combination) {
    this.parts = List.copyOf(parts);
    this.combination = combination;
  }

  @Override
  public VectorSpace space() {
    return combination.space();
  }

  @Override
  public String contentHash(CatalogueItem item) {
    List<String> hashes = new ArrayList<>();
    hashes.add(space().key());
    parts.forEach(part -> hashes.add(part.contentHash(item)));
    return ModelVersion.hash(hashes);
  }

  @Override
  public List<EncodedItem> encode(List<CatalogueItem> items) {
    List<List<EncodedItem>> byPart = parts.stream().map(part -> part.encode(items)).toList();
    List<EncodedItem> made = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      List<Optional<Embedding>> vectors = new ArrayList<>();
      List<EncodedItem.Unread> unread = new ArrayList<>();
      for (List<EncodedItem> part : byPart) {
        vectors.add(part.get(i).vector());
        unread.addAll(part.get(i).unread());
      }
      made.add(new EncodedItem(combination.of(vectors), unread));
    }
    return List.copyOf(made);
  }

  @Override
  public void close() {
    parts.forEach(ItemEncoder::close);
  }
}
