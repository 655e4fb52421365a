package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.util.Map;

/** An item-to-item model and where its items stand in the catalogue. Thread-safe. */
public final class LikedTogether implements ScoredItems {
  private final ItemToItemPair model;
  private final CatalogueNumbers places;

  LikedTogether(ItemToItemPair model, DomainCatalogue catalogue) {
    this.model = model;
    this.places = new CatalogueNumbers(model.items(), model::knows, catalogue);
  }

  public ItemToItemPair model() {
    return model;
  }

  /**
   * Scores of all items by the model's numbers. See {@link ItemToItemPair} for what it costs.
   *
   * @param attributes of the user's profile, by name
   */
  public float[] score(History history, Map<String, String> attributes) {
    float[] scores = new float[model.items().size()];
    model.score(history, attributes, scores);
    return scores;
  }

  @Override
  public boolean knows(int item) {
    return model.knows(item);
  }

  @Override
  public int[] numbers() {
    return places.numbers();
  }

  @Override
  public boolean knows(ItemId item) {
    return places.knows(item);
  }

  @Override
  public boolean hasUnknown() {
    return places.hasUnknown();
  }
}
