package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Ratings by the same users in two domains, by biases and by tastes that both domains share; the
 * first items of a domain are rated most. Users and items grow with the number of ratings.
 */
record GeneratedRatings(Interactions source, Interactions target) {
  static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private static final int USERS = 2_500;
  private static final int ITEMS = 500;
  private static final int EACH = 40;
  private static final int TASTES = 6;

  /**
   * @param times the ratings of the smallest world, 100,000 in each domain
   */
  static GeneratedRatings of(int times, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] tastes = new double[USERS * times][];
    for (int user = 0; user < tastes.length; user++) {
      tastes[user] = gaussians(random);
    }
    return new GeneratedRatings(
        domain("source", times, tastes, random), domain("target", times, tastes, random));
  }

  private static Interactions domain(
      String name, int times, double[][] tastes, RandomGenerator random) {
    double[][] items = new double[ITEMS * times][];
    for (int item = 0; item < items.length; item++) {
      items[item] = gaussians(random);
    }
    InteractionsBuilder builder = Interactions.builder(DomainId.of(name));
    for (int user = 0; user < tastes.length; user++) {
      UserId id = UserId.of("u" + user);
      double bias = 0.4 * random.nextGaussian();
      Set<Integer> rated = new HashSet<>();
      while (rated.size() < EACH) {
        int item = (int) (items.length * random.nextDouble() * random.nextDouble());
        if (rated.add(item)) {
          double rating = 3.6 + bias + 0.4 * items[item][0] + 0.6 * random.nextGaussian();
          for (int taste = 1; taste < TASTES; taste++) {
            rating += 0.3 * tastes[user][taste] * items[item][taste];
          }
          builder.add(id, PlantedWorld.item(item), SCALE.clip(rating), user);
        }
      }
    }
    return builder.build();
  }

  private static double[] gaussians(RandomGenerator random) {
    double[] values = new double[TASTES];
    for (int i = 0; i < TASTES; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }
}
