package dev.thaw.models.tabular;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/**
 * What a tabular encoder learns from.
 *
 * @param interactions of which {@code factors} was trained
 * @param catalogue of the domain
 * @param targetRidge in (0, 1]: 1 where the network is to hit the items where the factors have
 *     them, less where their products with users are to come nearer to 0 and 1, as {@code
 *     ProjectionQuality} has found
 */
public record TabularData(
    Interactions interactions,
    FactorModel factors,
    Map<ItemId, CatalogueItem> catalogue,
    double targetRidge) {
  public TabularData {
    catalogue = Map.copyOf(catalogue);
    if (!(targetRidge > 0 && targetRidge <= 1)) {
      throw new IllegalArgumentException("target ridge must be in (0, 1], was " + targetRidge);
    }
  }
}
