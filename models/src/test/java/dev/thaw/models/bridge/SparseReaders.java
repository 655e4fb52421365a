package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.SplittableRandom;

/**
 * Two domains with one taste a user, in which those known in both have read two books each of many:
 * which books belong together is known from those who read more and are not in the target.
 */
final class SparseReaders {
  static final int TASTES = 4;
  private static final int BOOKS = 120;
  private static final int MOVIES = 12;

  private SparseReaders() {}

  /**
   * Every tenth of the users known in both is known in the source alone; they are the {@code cold}.
   */
  static BridgeData planted(int both, int readers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder books = Interactions.builder(new DomainId("books"));
    InteractionsBuilder movies = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < readers; u++) {
      for (int n = 0; n < 12; n++) {
        books.add(new UserId("reader" + u), book(u % TASTES, random), 5);
      }
    }
    for (int u = 0; u < both; u++) {
      UserId user = new UserId((u % 10 == 0 ? "cold" : "both") + u);
      for (int n = 0; n < 2; n++) {
        books.add(user, book(u % TASTES, random), 5);
      }
      for (int n = 0; n < 5 && u % 10 != 0; n++) {
        movies.add(user, new ItemId("m" + u % TASTES + "-" + random.nextInt(MOVIES)), 5);
      }
    }
    Interactions source = books.build();
    Interactions target = movies.build();
    return new BridgeData(
        source, target, PlantedDomains.implicit(source), PlantedDomains.implicit(target));
  }

  private static ItemId book(int taste, SplittableRandom random) {
    return new ItemId("b" + taste + "-" + random.nextInt(BOOKS));
  }
}
