package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.util.List;

/**
 * What holds in one domain.
 *
 * @param minRating lowest rating of the scale
 * @param maxRating highest rating of the scale
 * @param positiveRating ratings from here on are positive
 * @param positiveTypes types other than rating that are positive
 * @param attributes profile attributes that segments may use
 * @param sources domains whose users may be mapped into this one
 */
public record DomainDefinition(
    DomainId name,
    double minRating,
    double maxRating,
    double positiveRating,
    List<EventType> positiveTypes,
    List<String> attributes,
    List<DomainId> sources) {
  public DomainDefinition {
    if (!(minRating < maxRating)) {
      throw new IllegalArgumentException(
          "rating scale of "
              + name
              + " must have min < max, was ["
              + minRating
              + ", "
              + maxRating
              + "]");
    }
    positiveTypes = List.copyOf(positiveTypes);
    attributes = List.copyOf(attributes);
    sources = List.copyOf(sources);
  }

  /** Whether the event says that the user liked the item. */
  public boolean isPositive(Event event) {
    Double value = event.value();
    return event.type().equals(EventType.RATING)
        ? value != null && value >= positiveRating
        : positiveTypes.contains(event.type());
  }
}
