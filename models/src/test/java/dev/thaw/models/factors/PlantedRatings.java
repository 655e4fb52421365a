package dev.thaw.models.factors;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
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
    return of(users, items, density, 0.8, 0.2, seed);
  }

  /**
   * @param taste weight of each of two products of factors
   * @param noise deviation of what neither biases nor tastes explain
   */
  static Interactions of(
      int users, int items, double density, double taste, double noise, long seed) {
    Random random = new Random(seed);
    int rank = 3;
    double[][] p = gaussians(users, rank, random);
    double[][] q = gaussians(items, rank, random);
    InteractionsBuilder builder = Interactions.builder(DOMAIN);
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextDouble() < density) {
          double rating = 3.4 + 0.3 * p[u][0] + 0.3 * q[i][0] + random.nextGaussian() * noise;
          for (int f = 1; f < rank; f++) {
            rating += taste * p[u][f] * q[i][f];
          }
          builder.add(user(u), item(i), SCALE.clip(rating), 1_000_000L + u * 1_000L + i);
        }
      }
    }
    return builder.build();
  }

  /** The same ratings on a wider scale. */
  static Interactions times(double factor, Interactions ratings) {
    InteractionsBuilder builder = Interactions.builder(ratings.domain());
    for (UserId user : ratings.users()) {
      for (History.Entry entry : ratings.history(user).entries()) {
        builder.add(user, entry.item(), factor * entry.strength(), entry.timeMillis());
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
