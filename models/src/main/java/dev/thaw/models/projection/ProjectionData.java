package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/**
 * What a projection learns from.
 *
 * @param interactions of which {@code factors} was trained
 * @param catalogue of the domain
 * @param content vectors of one space; items may lack one
 */
public record ProjectionData(
    Interactions interactions,
    FactorModel factors,
    Map<ItemId, CatalogueItem> catalogue,
    Map<ItemId, Embedding> content) {
  public ProjectionData {
    catalogue = Map.copyOf(catalogue);
    content = Map.copyOf(content);
  }
}
