package dev.thaw.evaluation.methods;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * A history in which a liked item stands twice, once as met and once as liked: a ridge then learns
 * one weight for either.
 */
final class WithLikes {
  private WithLikes() {}

  static History of(History history, RatingScale scale) {
    List<History.Entry> entries = new ArrayList<>(history.entries());
    for (History.Entry entry : history.entries()) {
      if (scale.isPositive(entry.strength())) {
        entries.add(
            new History.Entry(
                new ItemId("liked/" + entry.item().value()), entry.strength(), entry.timeMillis()));
      }
    }
    return new History(Math.max(history.interactions(), entries.size()), entries);
  }

  static Interactions of(SourceDomain source) {
    InteractionsBuilder builder = Interactions.builder(source.interactions().domain());
    for (UserId user : source.interactions().users()) {
      for (History.Entry entry :
          of(source.interactions().history(user), source.scale()).entries()) {
        builder.add(user, entry.item(), entry.strength());
      }
    }
    return builder.build();
  }
}
