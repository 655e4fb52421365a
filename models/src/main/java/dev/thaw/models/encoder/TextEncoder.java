package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;

/** Texts to unit vectors. Thread-safe. */
public interface TextEncoder extends AutoCloseable {
  /** The content space of the vectors; its model version is the encoder version. */
  VectorSpace space();

  /** One vector per text, in order. */
  List<Embedding> encode(List<String> texts);

  @Override
  void close();
}
