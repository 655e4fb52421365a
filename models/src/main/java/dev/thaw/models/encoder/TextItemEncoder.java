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
  public Modality modality() {
    return Modality.TEXT;
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
  public List<Optional<Embedding>> encode(List<CatalogueItem> items) {
    List<String> texts = new ArrayList<>(items.size());
    List<Integer> withText = new ArrayList<>(items.size());
    List<Optional<Embedding>> embeddings = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String text = ItemText.of(items.get(i));
      if (!text.isEmpty()) {
        texts.add(text);
        withText.add(i);
      }
      embeddings.add(Optional.empty());
    }
    List<Embedding> encoded = encoder.encode(texts);
    for (int i = 0; i < encoded.size(); i++) {
      embeddings.set(withText.get(i), Optional.of(encoded.get(i)));
    }
    return List.copyOf(embeddings);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
