package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import java.util.Map;

/**
 * What a meta-learned model is trained on. All but the ratings is optional: what a domain does not
 * have is left empty.
 *
 * @param content vectors of items, all of one space
 */
public record MetaData(
    Interactions ratings,
    RatingScale scale,
    Map<UserId, UserProfile> profiles,
    Map<ItemId, CatalogueItem> catalogue,
    Map<ItemId, Embedding> content) {
  public MetaData {
    profiles = Map.copyOf(profiles);
    catalogue = Map.copyOf(catalogue);
    content = Map.copyOf(content);
    long spaces = content.values().stream().map(each -> each.space().key()).distinct().count();
    if (spaces > 1) {
      throw new IllegalArgumentException("content must be of one space, was of " + spaces);
    }
  }

  /** Ratings alone. */
  public static MetaData of(Interactions ratings, RatingScale scale) {
    return new MetaData(ratings, scale, Map.of(), Map.of(), Map.of());
  }

  /** The same with other ratings of the same users and items. */
  MetaData withRatings(Interactions other) {
    return new MetaData(other, scale, profiles, catalogue, content);
  }
}
