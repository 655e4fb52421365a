package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;

/**
 * A domain whose users may be mapped into the target.
 *
 * @param interactions of everybody there
 * @param scale on which they are rated, which may differ from the target's
 */
public record SourceDomain(Interactions interactions, RatingScale scale) {
  /** What was liked there, by the source's own rule. */
  public Interactions positives() {
    return interactions.where(scale::isPositive);
  }

  /** The same ratings on another scale, as far between its ends. */
  public SourceDomain on(RatingScale other) {
    if (scale.equals(other)) {
      return this;
    }
    InteractionsBuilder moved = Interactions.builder(interactions.domain());
    interactions.items().all().forEach(moved::addItem);
    for (UserId user : interactions.users()) {
      for (History.Entry entry : on(other, interactions.history(user)).entries()) {
        moved.add(user, entry.item(), entry.strength(), entry.timeMillis());
      }
    }
    return new SourceDomain(moved.build(), other);
  }

  /** A history in this domain on another scale. */
  public History on(RatingScale other, History history) {
    if (scale.equals(other)) {
      return history;
    }
    double times = other.range() / scale.range();
    return new History(
        history.interactions(),
        history.entries().stream()
            .map(
                entry ->
                    new History.Entry(
                        entry.item(),
                        (float) (other.min() + (entry.strength() - scale.min()) * times),
                        entry.timeMillis()))
            .toList());
  }
}
