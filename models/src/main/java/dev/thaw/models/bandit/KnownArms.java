package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Something kept for each arm that was seen. Mutable; belongs to one thread.
 *
 * @param <S> what is kept
 */
public final class KnownArms<S> {
  private final Predicate<ItemId> known;
  private final Supplier<S> nothing;
  private final Map<ItemId, S> seen = new LinkedHashMap<>();

  /**
   * @param known which arms there are
   * @param nothing what is kept of an arm before it is seen
   */
  public KnownArms(Predicate<ItemId> known, Supplier<S> nothing) {
    this.known = known;
    this.nothing = nothing;
  }

  /**
   * @throws IllegalArgumentException if there is no such arm
   */
  public S of(ItemId arm) {
    S there = seen.get(arm);
    if (there == null) {
      if (!known.test(arm)) {
        throw new IllegalArgumentException("arm must be a known one, was " + arm);
      }
      there = nothing.get();
      seen.put(arm, there);
    }
    return there;
  }

  /** In the order in which they were first seen. */
  public Map<ItemId, S> seen() {
    return seen;
  }
}
