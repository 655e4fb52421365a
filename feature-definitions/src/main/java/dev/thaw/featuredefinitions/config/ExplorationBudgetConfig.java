package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;

/**
 * How often the bandit may show items of which nothing is known.
 *
 * @param share of the slots that the bandit fills, in [0, 1]
 * @param perItem explorations of one item, at least 0
 * @param perUser explorations shown to one user within a day, at least 0
 * @param perSession explorations shown to one user without a break of half an hour, at least 0
 */
public record ExplorationBudgetConfig(double share, int perItem, int perUser, int perSession) {
  private static final int ANY = Integer.MAX_VALUE;

  /** Nothing is bounded, and nothing counted. */
  public static final ExplorationBudgetConfig NONE = new ExplorationBudgetConfig(1, ANY, ANY, ANY);

  public ExplorationBudgetConfig {
    inRange("share", share, 0, 1);
    inRange("per_item", perItem, 0, ANY);
    inRange("per_user", perUser, 0, ANY);
    inRange("per_session", perSession, 0, ANY);
  }

  /** A request is let in whole or not at all: a cap below its slots would let none in. */
  void requireRoomFor(int banditSlots) {
    requireRoom("per_user", perUser, banditSlots);
    requireRoom("per_session", perSession, banditSlots);
  }

  private static void requireRoom(String key, int cap, int banditSlots) {
    if (cap > 0 && cap < banditSlots) {
      throw new IllegalArgumentException(
          "exploration_budget must have a "
              + key
              + " of 0 or at least bandit_slots, "
              + banditSlots
              + ", was "
              + cap);
    }
  }
}
