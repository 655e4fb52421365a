package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.util.Map;

/** An item-to-item model and where its items stand in the catalogue. Thread-safe. */
public final class LikedTogether implements ScoredItems {
  private final ItemToItemEnsembles model;
  private final CatalogueNumbers places;

  LikedTogether(ItemToItemEnsembles model, DomainCatalogue catalogue) {
    this.model = model;
    this.places = new CatalogueNumbers(model.items(), model::knows, catalogue);
  }

  public ItemToItemEnsembles model() {
    return model;
  }

  /**
   * Scores of all items by the model's numbers. See {@link ItemToItemEnsembles} for what it costs.
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
