package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Users of one taste each, the same in every domain: they rate eight items of it high and two of
 * another low. The last of them are held out of the movies.
 */
public final class PlantedExperiment {
  public static final DomainId MOVIES = new DomainId("movies");
  private static final int TASTES = 4;
  private static final int ITEMS_OF_TASTE = 20;
  private static final int HELD_OUT = 30;
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private PlantedExperiment() {}

  public static ItemId item(DomainId domain, int taste, int number) {
    return new ItemId(domain.value().charAt(0) + "-" + taste + "-" + number);
  }

  /**
   * @param users of all domains, held-out ones included
   * @param stretch of the sources' ratings and of the scale they are on
   * @param sources domains beside the movies
   */
  public static Experiment of(int users, double stretch, String... sources) {
    Map<DomainId, SourceDomain> elsewhere = new HashMap<>();
    for (String source : sources) {
      DomainId domain = new DomainId(source);
      RatingScale scale =
          new RatingScale(stretch * SCALE.min(), stretch * SCALE.max(), stretch * SCALE.positive());
      elsewhere.put(domain, new SourceDomain(domain(domain, users, stretch), scale));
    }
    Interactions all = domain(MOVIES, users, 1);
    List<HeldOutUser> heldOut = new ArrayList<>();
    for (int u = users - HELD_OUT; u < users; u++) {
      List<History.Entry> oldestFirst = new ArrayList<>(all.history(user(u)).entries());
      Collections.reverse(oldestFirst);
      heldOut.add(new HeldOutUser(user(u), oldestFirst, null));
    }
    return new Experiment(
        MOVIES,
        SCALE,
        all.ofUsers(user -> heldOut.stream().noneMatch(other -> other.user().equals(user))),
        elsewhere,
        heldOut,
        Map.of(),
        Map.of(),
        List.of(),
        "planted");
  }

  private static UserId user(int number) {
    return new UserId(String.format("u%03d", number));
  }

  private static Interactions domain(DomainId domain, int users, double stretch) {
    SplittableRandom random = new SplittableRandom(domain.value().hashCode());
    InteractionsBuilder all = Interactions.builder(domain);
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 10; n++) {
        boolean own = n % 5 != 4;
        int taste = (u + (own ? 0 : 1 + random.nextInt(TASTES - 1))) % TASTES;
        // some users are stricter than others, in all domains
        double rating = own ? 5 - u % 2 : 2 - u % 2;
        var unused =
            all.add(
                user(u), item(domain, taste, random.nextInt(ITEMS_OF_TASTE)), stretch * rating, n);
      }
    }
    return all.build();
  }
}
