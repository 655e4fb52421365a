package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.statistics.SettledSlot;
import java.time.Duration;

/**
 * A view of what showing an item has earned: rows go with the item, and with their time to live.
 */
abstract class ArmViewFold<S> implements KeyedFold<SettledSlot, S, ViewRow> {
  private static final long serialVersionUID = 1L;

  private final String view;
  private final DomainDefinitions domains;
  private final Duration timeToLive;

  ArmViewFold(String view, DomainDefinitions domains, Duration timeToLive) {
    this.view = view;
    this.domains = domains;
    this.timeToLive = timeToLive;
  }

  /** Event time of the newest slot, epoch milliseconds; {@link Fading#NEVER} of an empty state. */
  abstract long frontier(S state);

  abstract FeatureRow row(S state, EntityKey key);

  /**
   * @return whether the row has changed
   */
  abstract boolean add(
      S state, SettledSlot slot, LearntReward reward, FoldContext<ViewRow> context);

  @Override
  public final boolean add(String item, S state, SettledSlot slot, FoldContext<ViewRow> context) {
    return add(state, slot, LearntReward.of(domains, slot), context);
  }

  @Override
  public final long timeOf(SettledSlot slot) {
    return slot.shownAt();
  }

  @Override
  public final void erased(String item, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(view, key(item), time));
  }

  @Override
  public final boolean onTimer(String item, S state, long time, FoldContext<ViewRow> context) {
    return false;
  }

  @Override
  public final long nextTimer(String item, S state) {
    long frontier = frontier(state);
    return frontier == Fading.NEVER ? NEVER : Expiry.check(frontier, timeToLive);
  }

  @Override
  public final boolean isEmpty(String item, S state, long watermark) {
    long frontier = frontier(state);
    return frontier == Fading.NEVER || Expiry.isDue(frontier, timeToLive, watermark);
  }

  @Override
  public final void emit(String item, S state, FoldContext<ViewRow> context) {
    context.collect(new ViewRow(view, row(state, key(item))));
  }

  private static EntityKey key(String item) {
    return EntityKey.of("item_id", item);
  }
}
