package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.factors.PlantedRatings;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Items are of two kinds; a user likes one of them, which the profile of half the users says. */
final class PlantedTastes {
  private static final double NOISE = 0.3;

  private PlantedTastes() {}

  static MetaData of(int users, int items, double density, long seed) {
    Random random = new Random(seed);
    InteractionsBuilder ratings = Interactions.builder(PlantedRatings.DOMAIN);
    Map<UserId, UserProfile> profiles = new HashMap<>();
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (int i = 0; i < items; i++) {
      ratings.addItem(PlantedRatings.item(i));
      catalogue.put(PlantedRatings.item(i), item(i));
    }
    for (int u = 0; u < users; u++) {
      boolean likesEven = random.nextBoolean();
      if (u % 2 == 0) {
        profiles.put(PlantedRatings.user(u), profile(u, likesEven ? "even" : "odd"));
      }
      for (int i = 0; i < items; i++) {
        if (random.nextDouble() < density) {
          double rating = rating(likesEven, i) + NOISE * random.nextGaussian();
          var unused =
              ratings.add(
                  PlantedRatings.user(u),
                  PlantedRatings.item(i),
                  PlantedRatings.SCALE.clip(rating),
                  1_000L * i);
        }
      }
    }
    return new MetaData(ratings.build(), PlantedRatings.SCALE, profiles, catalogue, Map.of());
  }

  static double rating(boolean likesEven, int item) {
    return likesEven == (item % 2 == 0) ? 4.2 : 2.4;
  }

  static UserProfile profile(int user, String taste) {
    return new UserProfile(
        PlantedRatings.user(user), Map.of("taste", taste), List.of(), Instant.EPOCH);
  }

  private static CatalogueItem item(int i) {
    return new CatalogueItem(
        PlantedRatings.item(i),
        PlantedRatings.DOMAIN,
        "Item " + i,
        "",
        List.of(i % 4 < 2 ? "low" : "high"),
        Map.of(),
        true,
        Instant.EPOCH);
  }

  /** So many ratings of a user with a taste, of the items from a number on. */
  static History history(boolean likesEven, int from, int count) {
    List<History.Entry> entries = new java.util.ArrayList<>();
    for (int i = from; i < from + count; i++) {
      entries.add(new History.Entry(PlantedRatings.item(i), rating(likesEven, i), 1_000L * i));
    }
    return new History(count, entries);
  }
}
