package dev.thaw.models.tabular;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * An attribute whose values are numbers, brought to mean 0 and standard deviation 1 over the items
 * it was learned from.
 *
 * @param std above 0
 */
record NumericColumn(String attribute, double mean, double std) {
  /** What is further from the mean counts as so far: a price typed with a zero too much. */
  private static final double FARTHEST = 4;

  /** Of the items that have the attribute: fewer numbers make it a word. */
  private static final double SHARE = 0.95;

  private static final int MIN_ITEMS = 10;

  NumericColumn {
    if (!(std > 0 && std < Double.POSITIVE_INFINITY) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          attribute + " must have a finite mean and deviation, had " + mean + " and " + std);
    }
  }

  /** Columns of numbers that differ by more than a square can tell from 0, by name. */
  static List<NumericColumn> learn(Collection<CatalogueItem> items) {
    TreeMap<String, List<OptionalDouble>> values = new TreeMap<>();
    for (CatalogueItem item : items) {
      item.attributes()
          .forEach(
              (name, value) ->
                  values.computeIfAbsent(name, n -> new ArrayList<>()).add(number(value)));
    }
    List<NumericColumn> columns = new ArrayList<>();
    values.forEach(
        (name, all) -> {
          double[] numbers =
              all.stream()
                  .filter(OptionalDouble::isPresent)
                  .mapToDouble(OptionalDouble::getAsDouble)
                  .sorted()
                  .toArray();
          if (numbers.length >= Math.max(MIN_ITEMS, SHARE * all.size())
              && numbers[0] < numbers[numbers.length - 1]) {
            learn(name, numbers).ifPresent(columns::add);
          }
        });
    return columns;
  }

  private static Optional<NumericColumn> learn(String name, double[] numbers) {
    double mean = 0;
    for (double number : numbers) {
      mean += number / numbers.length;
    }
    double square = 0;
    for (double number : numbers) {
      square += (number - mean) * (number - mean) / numbers.length;
    }
    return square > 0
        ? Optional.of(new NumericColumn(name, mean, Math.sqrt(square)))
        : Optional.empty();
  }

  /** In standard deviations from the mean; empty where it is missing or no number. */
  OptionalDouble of(CatalogueItem item) {
    String value = item.attributes().get(attribute);
    OptionalDouble number = value == null ? OptionalDouble.empty() : number(value);
    return number.isEmpty()
        ? number
        : OptionalDouble.of(
            Math.max(-FARTHEST, Math.min(FARTHEST, (number.getAsDouble() - mean) / std)));
  }

  private static OptionalDouble number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      return Math.abs(number) < 1e30 ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  void write(BinaryWriter out) {
    out.writeText(attribute).writeDouble(mean).writeDouble(std);
  }

  static NumericColumn read(BinaryReader in) {
    return new NumericColumn(in.readText(), in.readDouble(), in.readDouble());
  }
}
