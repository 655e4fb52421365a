package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.statistics.ItemStatisticsFold;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The view {@code item_statistics}, and the flag of each item when it becomes warm. */
final class ItemViewFold implements KeyedFold<ItemActivity, ItemState, ItemUpdate> {
  private static final long serialVersionUID = 1L;

  private final DomainDefinitions domains;
  private final Duration timeToLive;
  private transient @Nullable ItemStatisticsFold compiled;

  ItemViewFold(DomainDefinitions domains, Duration timeToLive) {
    this.domains = domains;
    this.timeToLive = timeToLive;
  }

  private ItemStatisticsFold fold() {
    if (compiled == null) {
      compiled = new ItemStatisticsFold(StatisticsPrior.DEFAULT);
    }
    return compiled;
  }

  @Override
  public ItemState empty() {
    return new ItemState();
  }

  @Override
  public boolean add(
      String key, ItemState state, ItemActivity activity, FoldContext<ItemUpdate> context) {
    state.domain = activity.domain;
    Event event = activity.event;
    if (event != null) {
      return fold().add(state.statistics, event);
    }
    fold().addImpression(state.statistics, activity.time);
    return true;
  }

  @Override
  public long timeOf(ItemActivity activity) {
    return activity.time;
  }

  @Override
  public void erased(String key, long time, FoldContext<ItemUpdate> context) {
    EntityKey item = EntityKey.of("item_id", key);
    context.collect(new ItemUpdate(ViewRow.erasure(ItemStatistics.ITEM_VIEW, item, time), null));
  }

  @Override
  public boolean onTimer(String key, ItemState state, long time, FoldContext<ItemUpdate> context) {
    return false;
  }

  @Override
  public long nextTimer(String key, ItemState state) {
    long frontier = state.statistics.frontier;
    return frontier == Long.MIN_VALUE ? NEVER : Expiry.check(frontier, timeToLive);
  }

  @Override
  public boolean isEmpty(String key, ItemState state, long watermark) {
    long frontier = state.statistics.frontier;
    return frontier == Long.MIN_VALUE || Expiry.isDue(frontier, timeToLive, watermark);
  }

  @Override
  public void emit(String key, ItemState state, FoldContext<ItemUpdate> context) {
    double mean = ItemStatisticsFold.assumedMeanRating(domains.require(DomainId.of(state.domain)));
    FeatureRow row = fold().row(EntityKey.of("item_id", key), state.statistics, mean);
    ViewRow viewRow = new ViewRow(ItemStatistics.ITEM_VIEW, row);
    if (fold().isCold(state.statistics) || state.warmAnnounced) {
      context.collect(new ItemUpdate(viewRow, null));
    } else {
      state.warmAnnounced = true;
      context.collect(
          new ItemUpdate(viewRow, new ItemFlag(ItemId.of(key), false, row.eventTime())));
    }
  }
}
