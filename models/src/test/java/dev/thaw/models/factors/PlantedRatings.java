package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.Random;

/** Ratings of users and items that have biases and latent tastes, deterministic by seed. */
public final class PlantedRatings {
  public static final RatingScale SCALE = new RatingScale(1, 5, 4);
  public static final DomainId DOMAIN = DomainId.of("films");

  private PlantedRatings() {}

  public static UserId user(int number) {
    return UserId.of(String.format("u%04d", number));
  }

  public static ItemId item(int number) {
    return ItemId.of(String.format("i%04d", number));
  }

  public static Interactions of(int users, int items, double density, long seed) {
    Random random = new Random(seed);
    int rank = 3;
    double[][] p = gaussians(users, rank, random);
    double[][] q = gaussians(items, rank, random);
    InteractionsBuilder builder = Interactions.builder(DOMAIN);
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextDouble() < density) {
          double rating = 3.4 + 0.3 * p[u][0] + 0.3 * q[i][0] + random.nextGaussian() * 0.2;
          for (int f = 1; f < rank; f++) {
            rating += 0.8 * p[u][f] * q[i][f];
          }
          builder.add(user(u), item(i), SCALE.clip(rating), 1_000_000L + u * 1_000L + i);
        }
      }
    }
    return builder.build();
  }

  private static double[][] gaussians(int n, int rank, Random random) {
    double[][] rows = new double[n][rank];
    for (double[] row : rows) {
      for (int f = 0; f < rank; f++) {
        row[f] = random.nextGaussian();
      }
    }
    return rows;
  }
}
