package dev.thaw.models.history;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;

/**
 * Puts ratings and implicit feedback on one scale, that of the domain's ratings: a rating counts as
 * its value, a like or purchase as the highest rating, a click as the positive threshold.
 */
public final class InteractionStrength {
  private InteractionStrength() {}

  /**
   * @throws IllegalArgumentException if the event is not an interaction or a rating has no value
   */
  public static double of(DomainDefinition domain, Event event) {
    return switch (event.type().name()) {
      case "rating" -> {
        Double value = event.value();
        if (value == null) {
          throw new IllegalArgumentException("rating " + event.eventId() + " has no value");
        }
        yield value;
      }
      case "like", "purchase" -> domain.maxRating();
      case "click" -> domain.positiveRating();
      default ->
          throw new IllegalArgumentException(
              "type must be an interaction, was " + event.type() + " in event " + event.eventId());
    };
  }
}
