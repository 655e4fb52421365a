package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** Items that a model in memory scores, and where they stand in the catalogue. Thread-safe. */
public interface ScoredItems {
  /** Whether the model can tell anything of the item, by its own number. */
  boolean knows(int item);

  /** Whether the model can tell anything of the item. */
  boolean knows(ItemId item);

  /** Numbers of the catalogue by the model's, -1 for items that are not there. Not copied. */
  int[] numbers();

  /** Whether there are items in the catalogue that the model does not know. */
  boolean hasUnknown();
}
