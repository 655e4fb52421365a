package dev.thaw.models.statistics;

/**
 * Running numbers of one item. Mutable; belongs to one thread. Public fields, as Flink's POJO
 * serializer wants them.
 */
public final class ItemStatisticsState {
  public long impressions;
  public long interactions;
  public long clicks;

  /** Clicks that name the answer they react to. */
  public long answeredClicks;

  public long ratingCount;
  public double ratingSum;

  /** Decayed number of interactions as of {@link #popularityAt}. */
  public double popularity;

  /** Epoch milliseconds. */
  public long popularityAt = Long.MIN_VALUE;

  /**
   * Event-time frontier of the item, epoch milliseconds; {@code Long.MIN_VALUE} before the first.
   */
  public long frontier = Long.MIN_VALUE;

  /** An independent copy. */
  public ItemStatisticsState copy() {
    ItemStatisticsState copy = new ItemStatisticsState();
    copy.impressions = impressions;
    copy.interactions = interactions;
    copy.clicks = clicks;
    copy.answeredClicks = answeredClicks;
    copy.ratingCount = ratingCount;
    copy.ratingSum = ratingSum;
    copy.popularity = popularity;
    copy.popularityAt = popularityAt;
    copy.frontier = frontier;
    return copy;
  }
}
