package dev.thaw.models.statistics;

/**
 * Running numbers of one item. Mutable; belongs to one thread. Public fields: a plain record of a
 * stream, as Flink's POJO serializer wants it.
 */
public final class ItemStatisticsState {
  public long impressions;
  public long interactions;
  public long clicks;
  public long ratingCount;
  public double ratingSum;

  /** Decayed number of interactions as of {@link #popularityAt}. */
  public double popularity;

  /** Epoch milliseconds. */
  public long popularityAt = Long.MIN_VALUE;

  /** Event-time frontier of the item, epoch milliseconds. */
  public long frontier = Long.MIN_VALUE;

  public ItemStatisticsState copy() {
    ItemStatisticsState copy = new ItemStatisticsState();
    copy.impressions = impressions;
    copy.interactions = interactions;
    copy.clicks = clicks;
    copy.ratingCount = ratingCount;
    copy.ratingSum = ratingSum;
    copy.popularity = popularity;
    copy.popularityAt = popularityAt;
    copy.frontier = frontier;
    return copy;
  }
}
