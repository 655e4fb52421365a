package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.util.Arrays;

/**
 * An item-to-item model and where its items stand in the catalogue. Follows the catalogue as items
 * come. Thread-safe.
 */
public final class LikedTogether {
  private final ItemToItemPair model;
  private final DomainCatalogue catalogue;
  private volatile Places places;

  /**
   * @param numbers of the catalogue by the model's, -1 for items that are not there
   * @param unknown how many of the catalogue's items the model does not know
   * @param seen size of the catalogue when this was made
   */
  private record Places(int[] numbers, int unknown, int seen) {}

  LikedTogether(ItemToItemPair model, DomainCatalogue catalogue) {
    this.model = model;
    this.catalogue = catalogue;
    int[] none = new int[model.items().size()];
    Arrays.fill(none, -1);
    this.places = follow(new Places(none, 0, 0));
  }

  public ItemToItemPair model() {
    return model;
  }

  /** Scores of all items by the model's numbers. O(items + likes x neighbours). */
  public float[] score(History history) {
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    return scores;
  }

  /** Numbers of the catalogue by the model's, -1 for items that are not there. Not copied. */
  public int[] numbers() {
    return current().numbers;
  }

  /** Whether anybody had liked the item when the model was trained. */
  public boolean knows(ItemId item) {
    int number = model.items().indexOf(item);
    return number >= 0 && model.knows(number);
  }

  /** Whether there are items in the catalogue that the model does not know. */
  public boolean hasUnknown() {
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
      int known = model.items().indexOf(id);
      if (known >= 0) {
        numbers[known] = number;
      }
      unknown += knows(id) ? 0 : 1;
    }
    return new Places(numbers, unknown, size);
  }
}
