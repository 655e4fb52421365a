package dev.thaw.evaluation.simulation;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.SplittableRandom;

/**
 * Ratings in two halves, drawn rating by rating: worlds are made of the one, and what policies know
 * is learned from the other. Users and items have the same numbers in both.
 */
record Halves(Interactions truth, Interactions known) {
  static Halves of(Interactions ratings, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder truth = all(ratings);
    InteractionsBuilder known = all(ratings);
    for (int user = 0; user < ratings.users().size(); user++) {
      for (int at = ratings.rowStart(user); at < ratings.rowStart(user + 1); at++) {
        (random.nextBoolean() ? truth : known)
            .add(
                ratings.users().get(user),
                ratings.items().get(ratings.rowItem(at)),
                ratings.rowStrength(at),
                ratings.rowTime(at));
      }
    }
    return new Halves(truth.build(), known.build());
  }

  private static InteractionsBuilder all(Interactions ratings) {
    InteractionsBuilder builder = Interactions.builder(ratings.domain());
    ratings.users().forEach(builder::addUser);
    for (int item = 0; item < ratings.items().size(); item++) {
      builder.addItem(ratings.items().get(item));
    }
    return builder;
  }
}
