package dev.thaw.models.meta;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The known words {@code field=value} of one side, each with an embedding row; the words of a field
 * share a place of the input and are averaged. A word not seen in training has no row: it says
 * nothing, as if the field were empty. Immutable, thread-safe.
 */
final class Words {
  /** Words of fewer teach nothing that lasts. */
  private static final int MIN_COUNT = 2;

  private static final int MAX_WORDS = 1_500;

  private final List<String> words;
  private final Map<String, Integer> rows = new HashMap<>();
  private final Map<String, Integer> fields = new TreeMap<>();

  private Words(Collection<String> known) {
    this.words = List.copyOf(known);
    Set<String> names = new TreeSet<>();
    words.forEach(word -> names.add(field(word)));
    names.forEach(name -> fields.put(name, fields.size()));
    for (int i = 0; i < words.size(); i++) {
      rows.put(words.get(i), i);
    }
  }

  /**
   * The {@value #MAX_WORDS} most frequent words of at least {@value #MIN_COUNT}, of equally
   * frequent ones the first by alphabet.
   */
  static Words learn(Collection<Set<String>> described) {
    Map<String, Integer> counts = new TreeMap<>();
    described.forEach(each -> each.forEach(word -> counts.merge(word, 1, Integer::sum)));
    return new Words(
        counts.entrySet().stream()
            .filter(each -> each.getValue() >= MIN_COUNT)
            .sorted(
                Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MAX_WORDS)
            .map(Map.Entry::getKey)
            .toList());
  }

  private static String field(String word) {
    int at = word.indexOf('=');
    return at < 0 ? word : word.substring(0, at);
  }

  int size() {
    return words.size();
  }

  /** Number of fields. */
  int fields() {
    return fields.size();
  }

  /**
   * Adds the known ones of some words to a bag.
   *
   * @param firstRow embedding row of the first word
   */
  void add(Set<String> described, int firstRow, int dimension, BagBuilder bag) {
    int[] counts = new int[fields.size()];
    List<String> known = described.stream().filter(rows::containsKey).sorted().toList();
    known.forEach(word -> counts[place(word)]++);
    for (String word : known) {
      int place = place(word);
      Integer row = rows.get(word);
      if (row != null) {
        bag.add(firstRow + row, place * dimension, 1.0 / counts[place]);
      }
    }
  }

  private int place(String word) {
    return fields.getOrDefault(field(word), 0);
  }

  void write(BinaryWriter out) {
    out.writeCount(words.size());
    words.forEach(out::writeText);
  }

  static Words read(BinaryReader in) {
    int size = in.readSize(1);
    List<String> words = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      words.add(in.readText());
    }
    return new Words(words);
  }
}
