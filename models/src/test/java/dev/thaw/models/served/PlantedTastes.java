package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Users of one taste each, the same in every domain, or of none. */
final class PlantedTastes {
  static final DomainId MOVIES = new DomainId("movies");
  static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final int TASTES = 4;
  private static final int ITEMS_OF_TASTE = 15;

  private PlantedTastes() {}

  static ItemId item(DomainId domain, int taste, int number) {
    return new ItemId(domain.value().charAt(0) + "-" + taste + "-" + number);
  }

  /** So many liked items of one taste. */
  static History history(DomainId domain, int taste, int interactions) {
    List<History.Entry> entries = new ArrayList<>();
    for (int n = 0; n < interactions; n++) {
      entries.add(new History.Entry(item(domain, taste, n), 5, n));
    }
    return new History(interactions, entries);
  }

  /**
   * Everybody comes to the target after the sources.
   *
   * @param faithful share of a user's items that are of the user's taste; the others are of any
   */
  static ServedData of(int users, double faithful, String... sources) {
    Map<DomainId, SourceDomain> elsewhere = new HashMap<>();
    for (String source : sources) {
      DomainId domain = new DomainId(source);
      elsewhere.put(domain, new SourceDomain(domain(domain, users, faithful, 0), SCALE));
    }
    return new ServedData(
        domain(MOVIES, users, faithful, 1_000), SCALE, elsewhere, Map.of(), List.of(), null);
  }

  private static Interactions domain(DomainId domain, int users, double faithful, long begun) {
    SplittableRandom random = new SplittableRandom(domain.value().hashCode());
    InteractionsBuilder all = Interactions.builder(domain);
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 8; n++) {
        int taste = random.nextDouble() < faithful ? u % TASTES : random.nextInt(TASTES);
        ItemId item = item(domain, taste, random.nextInt(ITEMS_OF_TASTE));
        all.add(new UserId("u%03d".formatted(u)), item, 5, begun + n);
      }
    }
    return all.build();
  }
}
