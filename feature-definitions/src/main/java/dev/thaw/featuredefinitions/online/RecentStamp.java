package dev.thaw.featuredefinitions.online;

import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;

/**
 * Time and sign of a recent item in one number, {@code 2 * epoch milliseconds + (1 if positive)}: a
 * store that keeps the greatest number of an item keeps both of its newest interaction, without a
 * read. Exact in a double for 70,000 years.
 */
public final class RecentStamp {
  private RecentStamp() {}

  public static long of(Recent recent) {
    return 2 * recent.acceptedAt().toEpochMilli() + (recent.positive() ? 1 : 0);
  }

  /** Stamps of what was accepted after this instant are greater. */
  public static long last(Instant instant) {
    return 2 * instant.toEpochMilli() + 1;
  }

  public static Recent read(UserId user, String item, long stamp) {
    return new Recent(user, new ItemId(item), Instant.ofEpochMilli(stamp >> 1), (stamp & 1) == 1);
  }
}
