package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.encoder.EncodedItem;
import dev.thaw.models.encoder.ItemEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Encodes a title as the shares of its letters, of length 1; refuses titles with an exclamation
 * mark.
 */
public final class LettersEncoder implements ItemEncoder {
  public static final VectorSpace SPACE = new VectorSpace("content", "letters", 26, Metric.COSINE);

  /** Titles of every call, in order. */
  public final List<List<String>> batches = new ArrayList<>();

  /** A part of every item that can't be read. */
  public Optional<EncodedItem.Unread> unread = Optional.empty();

  private final VectorSpace space;

  public LettersEncoder() {
    this(SPACE.modelVersion());
  }

  /** Makes the same of its letters under the name of another version. */
  public LettersEncoder(String version) {
    this.space = new VectorSpace(SPACE.name(), version, SPACE.dimension(), SPACE.metric());
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public String contentHash(CatalogueItem item) {
    return space.key() + "/" + item.title();
  }

  @Override
  public List<EncodedItem> encode(List<CatalogueItem> items) {
    batches.add(items.stream().map(CatalogueItem::title).toList());
    return items.stream()
        .map(item -> encode(item.title()).map(v -> Embedding.copyOf(space, v.toArray())))
        .map(vector -> new EncodedItem(vector, unread.stream().toList()))
        .toList();
  }

  public static Optional<Embedding> encode(String title) {
    if (title.contains("!")) {
      throw new IllegalArgumentException("no mark of exclamation, was \"" + title + '"');
    }
    if (title.isBlank()) {
      return Optional.empty();
    }
    float[] counts = new float[26];
    title
        .toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> c >= 'a' && c <= 'z')
        .forEach(c -> counts[c - 'a']++);
    double squares = 0;
    for (float count : counts) {
      squares += count * count;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] /= (float) Math.sqrt(squares);
    }
    return Optional.of(Embedding.copyOf(SPACE, counts));
  }

  @Override
  public void close() {}
}
