package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes the canonical text of items. */
final class TextItemEncoder implements ItemEncoder {
  private final TextEncoder encoder;

  TextItemEncoder(TextEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public VectorSpace space() {
    return encoder.space();
  }

  @Override
  public String contentHash(CatalogueItem item) {
    return ItemText.contentHash(encoder.space().key(), item);
  }

  @Override
  public List<EncodedItem> encode(List<CatalogueItem> items) {
    List<String> texts = new ArrayList<>(items.size());
    List<Integer> withText = new ArrayList<>(items.size());
    List<EncodedItem> made = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String text = ItemText.of(items.get(i));
      if (!text.isEmpty()) {
        texts.add(text);
        withText.add(i);
      }
      made.add(EncodedItem.NOTHING);
    }
    List<Embedding> encoded = encoder.encode(texts);
    for (int i = 0; i < encoded.size(); i++) {
      made.set(withText.get(i), EncodedItem.of(Optional.of(encoded.get(i))));
    }
    return List.copyOf(made);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
