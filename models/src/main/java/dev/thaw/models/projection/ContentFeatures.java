package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item as numbers: a constant 1; a flag and the components of its content vector; one place for
 * each known word among its categories and attributes (see {@link ItemWords}). Immutable,
 * thread-safe.
 */
final class ContentFeatures {
  /** Words of fewer items teach nothing that lasts. */
  private static final int MIN_ITEMS = 2;

  private static final int MAX_WORDS = 1_500;
  private static final int CONTENT = 2;

  private final String contentSpace;
  private final int contentDimension;
  private final List<String> words;
  private final Map<String, Integer> places = new HashMap<>();

  private ContentFeatures(String contentSpace, int contentDimension, List<String> words) {
    this.contentSpace = contentSpace;
    this.contentDimension = contentDimension;
    this.words = List.copyOf(words);
    for (int i = 0; i < words.size(); i++) {
      places.put(words.get(i), CONTENT + contentDimension + i);
    }
  }

  /**
   * Takes the {@value #MAX_WORDS} most frequent words of at least {@value #MIN_ITEMS} items, of
   * equally frequent ones the first by alphabet.
   *
   * @param contentSpace empty without content vectors
   */
  static ContentFeatures learn(
      Collection<CatalogueItem> items, String contentSpace, int contentDimension) {
    Map<String, Integer> counts = new TreeMap<>();
    items.forEach(item -> ItemWords.of(item).forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words =
        counts.entrySet().stream()
            .filter(each -> each.getValue() >= MIN_ITEMS)
            .sorted(
                Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MAX_WORDS)
            .map(Map.Entry::getKey)
            .toList();
    return new ContentFeatures(contentSpace, contentDimension, words);
  }

  int size() {
    return CONTENT + contentDimension + words.size();
  }

  String contentSpace() {
    return contentSpace;
  }

  /** Ridge penalties: none to speak of for the constant, lambda for all others. */
  double[] penalty(double lambda) {
    double[] penalty = new double[size()];
    java.util.Arrays.fill(penalty, lambda);
    penalty[0] = 1e-6;
    return penalty;
  }

  /** Sparse features, indices ascending; only the first {@code n} places of each array count. */
  record Row(int[] indices, float[] values, int n) {}

  Row of(CatalogueItem item, @Nullable Embedding content) {
    boolean has = content != null && content.space().key().equals(contentSpace);
    List<Integer> known = new ArrayList<>();
    for (String word : ItemWords.of(item)) {
      Integer place = places.get(word);
      if (place != null) {
        known.add(place);
      }
    }
    known.sort(Comparator.naturalOrder());
    int capacity = CONTENT + contentDimension + known.size();
    int[] indices = new int[capacity];
    float[] values = new float[capacity];
    int n = 0;
    values[n++] = 1;
    if (has && content != null) {
      indices[n] = 1;
      values[n++] = 1;
      // a unit vector's components are about 1 / sqrt(dimension): brought to the size of a flag
      float scale = (float) Math.sqrt(contentDimension) / 4;
      for (int i = 0; i < contentDimension; i++) {
        indices[n] = CONTENT + i;
        values[n++] = scale * content.get(i);
      }
    }
    for (int place : known) {
      indices[n] = place;
      values[n++] = 1;
    }
    return new Row(indices, values, n);
  }

  void write(BinaryWriter out) {
    out.writeText(contentSpace).writeCount(contentDimension).writeCount(words.size());
    words.forEach(out::writeText);
  }

  static ContentFeatures read(BinaryReader in) {
    String space = in.readText();
    int dimension = Math.toIntExact(in.readCount());
    int size = in.readSize(1);
    List<String> words = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      words.add(in.readText());
    }
    return new ContentFeatures(space, dimension, words);
  }
}
