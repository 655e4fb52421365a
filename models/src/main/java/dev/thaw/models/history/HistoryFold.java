package dev.thaw.models.history;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.util.OptionalDouble;

/**
 * The view {@code user_history}: which items a user interacted with in a domain, how strongly and
 * when. The result does not depend on the order of arrival: of an item counts what {@link Opinion}
 * says; the list is by falling time, of one millisecond by id.
 *
 * <p>The number of distinct items is {@code min(true number, counted)}, by 64-bit hash. The list
 * holds the {@code listed} newest items: an item that fell out comes back with its next
 * interaction. Immutable and thread-safe.
 */
public final class HistoryFold {
  private final int listed;
  private final int counted;

  /**
   * @param listed most items listed, the newest; at least 1
   * @param counted most distinct items counted, at least {@code listed}; the count stays there
   *     beyond
   */
  public HistoryFold(int listed, int counted) {
    if (listed < 1 || counted < listed) {
      throw new IllegalArgumentException(
          "history needs 1 <= listed <= counted, were " + listed + " and " + counted);
    }
    this.listed = listed;
    this.counted = counted;
  }

  /** 500 listed, 5,000 counted. */
  public static HistoryFold standard() {
    return new HistoryFold(500, 5_000);
  }

  public HistoryState empty() {
    return new HistoryState();
  }

  /**
   * @return whether the history changed; events that are no interaction change nothing
   */
  public boolean add(HistoryState state, Event event, DomainDefinition domain) {
    OptionalDouble strength = domain.strength(event);
    return strength.isPresent()
        && state.add(
            event.itemId().value(),
            Opinion.of(strength.getAsDouble(), Opinion.isRating(event), event.timeMillis()),
            listed,
            counted);
  }

  /**
   * The row of {@code user_history} as of the newest interaction.
   *
   * @throws IllegalArgumentException if there is none yet
   */
  public FeatureRow row(EntityKey key, HistoryState state) {
    if (state.frontier() == Long.MIN_VALUE) {
      throw new IllegalArgumentException("a history without events has no row, key was " + key);
    }
    return state.row(key);
  }
}
