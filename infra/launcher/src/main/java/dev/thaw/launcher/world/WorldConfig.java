package dev.thaw.launcher.world;

import java.time.Duration;
import java.time.Instant;

/**
 * Sizes of the generated world. One seed and one end give one world, to the last event.
 *
 * @param end instant just after the last event
 * @param span time between the first and the last event
 * @param itemsPerDomain items that people know already
 * @param newItems items a domain besides, without a single event, with text
 * @param blankItems items a domain besides, without event or text
 * @param sharedUsers users with events in both domains
 * @param singleUsers users a domain with events only there
 * @param silentUsers users with a profile and no event; every second has answered onboarding
 */
public record WorldConfig(
    long seed,
    Instant end,
    Duration span,
    int itemsPerDomain,
    int newItems,
    int blankItems,
    int sharedUsers,
    int singleUsers,
    int silentUsers) {
  /** All of it is made in memory. */
  private static final int MOST_TIMES = 64;

  public WorldConfig {
    atLeast("itemsPerDomain", itemsPerDomain, 250);
    atLeast("newItems", newItems, 0);
    atLeast("blankItems", blankItems, 0);
    atLeast("sharedUsers", sharedUsers, 1);
    atLeast("singleUsers", singleUsers, 1);
    atLeast("silentUsers", silentUsers, 0);
    if (span.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("span must be at least a day, was " + span);
    }
  }

  /** The world of {@code thaw demo}: 3,000 users and 1,500 items a domain, over 200,000 events. */
  public static WorldConfig demo(long seed, Instant end) {
    return new WorldConfig(seed, end, Duration.ofDays(180), 1500, 20, 10, 2000, 1000, 40);
  }

  /**
   * With so many times the people and items, and so of the events.
   *
   * @throws IllegalArgumentException unless {@code 1 <= times <= } {@value #MOST_TIMES}
   */
  public WorldConfig times(int times) {
    if (times < 1 || times > MOST_TIMES) {
      throw new IllegalArgumentException(
          "a world can be made 1 to " + MOST_TIMES + " times as large, was " + times);
    }
    return new WorldConfig(
        seed,
        end,
        span,
        itemsPerDomain * times,
        newItems * times,
        blankItems * times,
        sharedUsers * times,
        singleUsers * times,
        silentUsers * times);
  }

  private static void atLeast(String field, int value, int bound) {
    if (value < bound) {
      throw new IllegalArgumentException(field + " must be at least " + bound + ", was " + value);
    }
  }
}
