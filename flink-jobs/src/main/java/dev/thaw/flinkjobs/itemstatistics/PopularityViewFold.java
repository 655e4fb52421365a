package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.statistics.PopularItems;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;

/**
 * The view {@code popularity}: one list for each domain and segment. A segment's list goes, from
 * state and store, when its newest interaction has decayed to next to nothing: with every training
 * there are segments of new names. A domain's own list is the last resort: its row stays.
 */
final class PopularityViewFold implements KeyedFold<SegmentInteraction, PopularItems, ViewRow> {
  private static final long serialVersionUID = 1L;

  /** Enough to be left with a page after exclusions and filters. */
  private static final int LISTED = 500;

  private static final int KEPT = 10 * LISTED;

  private final ViewKeys keys;
  private final Duration timeToLive;

  PopularityViewFold(ViewKeys keys, Duration timeToLive) {
    this.keys = keys;
    this.timeToLive = timeToLive;
  }

  @Override
  public PopularItems empty() {
    return new PopularItems(StatisticsPrior.DEFAULT.popularityHalfLife(), KEPT);
  }

  @Override
  public boolean add(
      String key,
      PopularItems state,
      SegmentInteraction interaction,
      FoldContext<ViewRow> context) {
    state.add(ItemId.of(interaction.itemId()), interaction.time());
    return true;
  }

  @Override
  public boolean onTimer(String key, PopularItems state, long time, FoldContext<ViewRow> context) {
    return isGone(key, state, time);
  }

  @Override
  public long nextTimer(String key, PopularItems state) {
    return state.frontier() == Long.MIN_VALUE
        ? NEVER
        : Expiry.check(state.frontier(), timeToLive(key));
  }

  @Override
  public boolean isEmpty(String key, PopularItems state, long watermark) {
    return state.frontier() == Long.MIN_VALUE
        || Expiry.isDue(state.frontier(), timeToLive(key), watermark);
  }

  /** Whether the row is to be gone, too. */
  private boolean isGone(String key, PopularItems state, long watermark) {
    return !isEveryone(key) && state.frontier() != Long.MIN_VALUE && isEmpty(key, state, watermark);
  }

  private Duration timeToLive(String key) {
    return isEveryone(key) ? timeToLive : SegmentJoin.KEPT;
  }

  private boolean isEveryone(String key) {
    return keys.valueOf("segment", key).equals(SegmentInteraction.EVERYONE);
  }

  @Override
  public void emit(String key, PopularItems state, FoldContext<ViewRow> context) {
    EntityKey list = keys.keyOf(key);
    context.collect(
        isGone(key, state, context.watermark())
            ? ViewRow.deletion(ItemStatistics.POPULARITY_VIEW, list, state.frontier())
            : new ViewRow(ItemStatistics.POPULARITY_VIEW, state.row(list, LISTED)));
  }
}
