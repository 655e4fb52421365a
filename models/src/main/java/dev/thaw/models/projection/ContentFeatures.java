package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of an item is compared with others: its content vector, and the known words among its
 * categories and attributes (see {@link ItemWords}). Immutable, thread-safe.
 */
final class ContentFeatures {
  /** Words of fewer items teach nothing that lasts. */
  private static final int MIN_ITEMS = 2;

  private static final int MAX_WORDS = 5_000;

  private final String contentSpace;
  private final int contentDimension;
  private final List<String> words;
  private final Map<String, Integer> places = new HashMap<>();

  private ContentFeatures(String contentSpace, int contentDimension, List<String> words) {
    this.contentSpace = contentSpace;
    this.contentDimension = contentDimension;
    this.words = List.copyOf(words);
    for (int i = 0; i < words.size(); i++) {
      places.put(words.get(i), i);
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

  String contentSpace() {
    return contentSpace;
  }

  int contentDimension() {
    return contentDimension;
  }

  int words() {
    return words.size();
  }

  /**
   * An item. The words of each attribute are of unit length together: one with many values, such as
   * the cast of a film, would outweigh all others.
   *
   * @param vector of unit length, null where there is none
   * @param words numbers, ascending
   * @param weights of the words, n^-1/2 of the n that their attribute has
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(float @Nullable [] vector, int[] words, float[] weights) {
    float weight(int word) {
      return weights[Arrays.binarySearch(words, word)];
    }

    /** Of the weighted words: how many attributes they are of. */
    double squaredLength() {
      double sum = 0;
      for (float weight : weights) {
        sum += (double) weight * weight;
      }
      return sum;
    }
  }

  /**
   * @param content one of another space counts as absent
   */
  Row of(CatalogueItem item, @Nullable Embedding content) {
    List<Integer> known = new ArrayList<>();
    for (String word : ItemWords.of(item)) {
      Integer place = places.get(word);
      if (place != null) {
        known.add(place);
      }
    }
    return row(unit(content), known.stream().mapToInt(each -> each).sorted().toArray());
  }

  /**
   * @param vector of unit length
   * @param known numbers of words, ascending
   */
  Row row(float @Nullable [] vector, int[] known) {
    Map<String, Integer> ofAttribute = new HashMap<>();
    for (int word : known) {
      ofAttribute.merge(ItemWords.attribute(words.get(word)), 1, Integer::sum);
    }
    float[] weights = new float[known.length];
    for (int i = 0; i < known.length; i++) {
      int n = ofAttribute.getOrDefault(ItemWords.attribute(words.get(known[i])), 1);
      weights[i] = (float) (1 / Math.sqrt(n));
    }
    return new Row(vector, known, weights);
  }

  private float @Nullable [] unit(@Nullable Embedding content) {
    if (content == null || !content.space().key().equals(contentSpace)) {
      return null;
    }
    float[] vector = content.toArray();
    double square = 0;
    for (float each : vector) {
      square += (double) each * each;
    }
    if (square == 0) {
      return null;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return vector;
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
      String word = in.readText();
      if (word.indexOf('=') < 0) {
        throw in.damaged("word \"" + word + "\", which is of no attribute");
      }
      words.add(word);
    }
    return new ContentFeatures(space, dimension, words);
  }
}
