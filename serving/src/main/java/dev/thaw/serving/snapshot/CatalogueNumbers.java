package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Where a model's items stand in the catalogue. Follows it as items come. Thread-safe. */
final class CatalogueNumbers {
  private final ItemDictionary items;
  private final IntPredicate known;
  private final DomainCatalogue catalogue;
  private volatile Places places;

  /**
   * @param numbers of the catalogue by the model's, -1 for items that are not there
   * @param unknown how many of the catalogue's items the model does not know
   * @param seen size of the catalogue when this was made
   */
  private record Places(int[] numbers, int unknown, int seen) {}

  /**
   * @param known which of the items the model can tell anything of, by its numbers
   */
  CatalogueNumbers(ItemDictionary items, IntPredicate known, DomainCatalogue catalogue) {
    this.items = items;
    this.known = known;
    this.catalogue = catalogue;
    int[] none = new int[items.size()];
    Arrays.fill(none, -1);
    this.places = follow(new Places(none, 0, 0));
  }

  boolean knows(ItemId item) {
    int number = items.indexOf(item);
    return number >= 0 && known.test(number);
  }

  /** Numbers of the catalogue by the model's, -1 for items that are not there. Not copied. */
  int[] numbers() {
    return current().numbers;
  }

  /** Whether there are items in the catalogue that the model does not know. */
  boolean hasUnknown() {
    return current().unknown > 0;
  }

  private Places current() {
    Places now = places;
    if (now.seen < catalogue.size()) {
      now = follow(now);
      places = now;
    }
    return now;
  }

  private Places follow(Places before) {
    int size = catalogue.size();
    int[] numbers = before.numbers.clone();
    int unknown = before.unknown;
    for (int number = before.seen; number < size; number++) {
      ItemId id = catalogue.get(number).id();
      int place = items.indexOf(id);
      if (place >= 0) {
        numbers[place] = number;
      }
      unknown += knows(id) ? 0 : 1;
    }
    return new Places(numbers, unknown, size);
  }
}
