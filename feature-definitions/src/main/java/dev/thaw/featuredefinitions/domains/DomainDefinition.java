package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What holds in one domain.
 *
 * @param minRating lowest rating of the scale
 * @param maxRating highest rating of the scale
 * @param positiveRating ratings from here on are positive
 * @param positiveTypes types other than rating that are positive
 * @param attributes profile attributes that segments may use
 * @param sources domains whose users may be mapped into this one
 * @param rewards what showing an item may earn, at least one; the bandit learns by the first
 */
public record DomainDefinition(
    DomainId name,
    double minRating,
    double maxRating,
    double positiveRating,
    List<EventType> positiveTypes,
    List<String> attributes,
    List<DomainId> sources,
    List<RewardDefinition> rewards)
    implements Serializable {
  private static final int MAX_REWARDS = 8;

  public DomainDefinition {
    if (!(minRating < maxRating && Double.isFinite(maxRating - minRating))) {
      throw new IllegalArgumentException(
          "rating of " + name + " must have finite min < max, was " + scale(minRating, maxRating));
    }
    if (!(positiveRating >= minRating && positiveRating <= maxRating)) {
      throw new IllegalArgumentException(
          "positive rating_at_least of "
              + name
              + " must be in "
              + scale(minRating, maxRating)
              + ", was "
              + positiveRating);
    }
    if (sources.contains(name)) {
      throw new IllegalArgumentException("sources of " + name + " must be other domains");
    }
    positiveTypes = List.copyOf(positiveTypes);
    attributes = List.copyOf(attributes);
    sources = List.copyOf(sources);
    rewards = List.copyOf(rewards);
    if (rewards.isEmpty() || rewards.size() > MAX_REWARDS) {
      throw new IllegalArgumentException(
          "rewards of " + name + " must be 1 to " + MAX_REWARDS + ", were " + rewards.size());
    }
    if (rewards.stream().map(RewardDefinition::name).distinct().count() < rewards.size()) {
      throw new IllegalArgumentException(
          "rewards of "
              + name
              + " must differ in name, were "
              + rewards.stream().map(RewardDefinition::name).toList());
    }
  }

  /** With {@link RewardDefinition#POSITIVE} for its reward. */
  public DomainDefinition(
      DomainId name,
      double minRating,
      double maxRating,
      double positiveRating,
      List<EventType> positiveTypes,
      List<String> attributes,
      List<DomainId> sources) {
    this(
        name,
        minRating,
        maxRating,
        positiveRating,
        positiveTypes,
        attributes,
        sources,
        List.of(RewardDefinition.POSITIVE));
  }

  /** What the bandit learns by. */
  public RewardDefinition reward() {
    return rewards.get(0);
  }

  /**
   * @throws IllegalArgumentException naming the rewards there are
   */
  public RewardDefinition reward(String wanted) {
    return rewards.stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "reward of "
                        + name
                        + " must be one of "
                        + rewards.stream().map(RewardDefinition::name).toList()
                        + ", was "
                        + wanted));
  }

  /** Whether the event says that the user liked the item. */
  public boolean isPositive(Event event) {
    Double value = event.value();
    return event.type().equals(EventType.RATING)
        ? value != null && value >= positiveRating
        : positiveTypes.contains(event.type());
  }

  /**
   * The event on the rating scale: a rating's value, the highest rating for a like or purchase, the
   * positive threshold for a click, nothing for events that are no interaction.
   */
  public OptionalDouble strength(Event event) {
    Double value = event.value();
    return switch (event.type().name()) {
      case "rating" -> value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
      case "like", "purchase" -> OptionalDouble.of(maxRating);
      case "click" -> OptionalDouble.of(positiveRating);
      default -> OptionalDouble.empty();
    };
  }

  public boolean isOnScale(double rating) {
    return rating >= minRating && rating <= maxRating;
  }

  /** {@code [min, max]} for messages. */
  public String ratingScale() {
    return scale(minRating, maxRating);
  }

  private static String scale(double min, double max) {
    return "[" + min + ", " + max + "]";
  }
}
