package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.models.statistics.ItemStatisticsState;

/** What is kept of one item. A plain Flink POJO: fields may be added. */
public final class ItemState {
  public ItemStatisticsState statistics = new ItemStatisticsState();

  /** Empty before the first activity. */
  public String domain = "";

  /** Whether the flag topic was told that the item is warm. */
  public boolean warmAnnounced;
}
