package dev.thaw.models.history;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user thinks of an item, of all interactions with it. A rating says it outright and holds
 * until the next one, however often the item is clicked or bought before or after; without a rating
 * the newest interaction counts, of one millisecond the stronger. Merging gives the same in any
 * order.
 *
 * @param strength on the domain's rating scale, see {@link DomainDefinition#strength}
 * @param rated whether it comes from a rating
 * @param saidAt when it was said, epoch milliseconds
 * @param timeMillis newest interaction of any kind
 */
public record Opinion(double strength, boolean rated, long saidAt, long timeMillis) {

  /** One interaction by itself. */
  public static Opinion of(double strength, boolean rated, long timeMillis) {
    return new Opinion(strength, rated, timeMillis, timeMillis);
  }

  /** Empty if the event is no interaction. */
  public static Optional<Opinion> of(Event event, DomainDefinition domain) {
    OptionalDouble strength = domain.strength(event);
    return strength.isPresent()
        ? Optional.of(of(strength.getAsDouble(), isRating(event), event.timeMillis()))
        : Optional.empty();
  }

  public static boolean isRating(Event event) {
    return event.type().equals(EventType.RATING);
  }

  public Opinion merge(Opinion other) {
    Opinion decisive = outranks(other) ? this : other;
    long newest = Math.max(timeMillis, other.timeMillis);
    return decisive.timeMillis == newest
        ? decisive
        : new Opinion(decisive.strength, decisive.rated, decisive.saidAt, newest);
  }

  private boolean outranks(Opinion other) {
    if (rated != other.rated) {
      return rated;
    }
    return saidAt == other.saidAt ? strength >= other.strength : saidAt > other.saidAt;
  }
}
