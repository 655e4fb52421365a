package dev.thaw.models.tabular;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.projection.ItemWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An item as sparse inputs: each of its words (see {@link ItemWords}) in the bucket of its hash
 * (Weinberger et al., ICML 2009), all together of length 1; each numeric attribute, or a 1 in a
 * place of its own where it is missing. A word that no training item had falls into a bucket of
 * others, or one that means nothing. Immutable, thread-safe.
 */
final class TabularFeatures {
  private final int buckets;
  private final List<NumericColumn> numbers;

  private TabularFeatures(int buckets, List<NumericColumn> numbers) {
    this.buckets = buckets;
    this.numbers = List.copyOf(numbers);
  }

  static TabularFeatures learn(Collection<CatalogueItem> items, int buckets) {
    return new TabularFeatures(buckets, NumericColumn.learn(items));
  }

  /**
   * Inputs that are not zero.
   *
   * @param words that lead {@code indices}; the others are of numbers
   * @param empty whether the item says nothing about itself
   */
  record Row(int[] indices, float[] values, int words, boolean empty) {}

  int size() {
    return buckets + 2 * numbers.size();
  }

  Row of(CatalogueItem item) {
    List<String> words = new ArrayList<>(ItemWords.of(item));
    for (NumericColumn column : numbers) {
      words.removeIf(word -> word.startsWith(column.attribute() + "="));
    }
    int[] indices = new int[words.size() + numbers.size()];
    float[] values = new float[indices.length];
    int n = 0;
    for (String word : words) {
      indices[n] = (int) Long.remainderUnsigned(Hash64.of(word), buckets);
      values[n++] = (float) (1 / Math.sqrt(words.size()));
    }
    boolean empty = words.isEmpty();
    for (int i = 0; i < numbers.size(); i++) {
      OptionalDouble number = numbers.get(i).of(item);
      indices[n] = buckets + 2 * i + (number.isPresent() ? 0 : 1);
      values[n++] = (float) number.orElse(1);
      empty &= number.isEmpty();
    }
    return new Row(indices, values, words.size(), empty);
  }

  void write(BinaryWriter out) {
    out.writeCount(buckets).writeCount(numbers.size());
    numbers.forEach(column -> column.write(out));
  }

  static TabularFeatures read(BinaryReader in) {
    int buckets = Math.toIntExact(in.readCount());
    int size = in.readSize(1);
    List<NumericColumn> numbers = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      numbers.add(NumericColumn.read(in));
    }
    return new TabularFeatures(buckets, numbers);
  }
}
