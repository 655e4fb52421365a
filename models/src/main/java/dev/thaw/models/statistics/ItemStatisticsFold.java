package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Event;

/** The view {@code item_statistics}. */
public final class ItemStatisticsFold {
  public ItemStatisticsFold(StatisticsPrior prior) {}

  /**
   * @return whether a number changed
   */
  public boolean add(ItemStatisticsState state, Event event) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Counts one showing of the item. */
  public void addImpression(ItemStatisticsState state, long timeMillis) {
    throw new UnsupportedOperationException("not yet");
  }

  public boolean isCold(ItemStatisticsState state) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The row as of the frontier; ratings are smoothed towards {@code domainMeanRating}. */
  public FeatureRow row(EntityKey key, ItemStatisticsState state, double domainMeanRating) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The mean rating assumed of a domain of which nothing is known: the middle of its scale. */
  public static double assumedMeanRating(DomainDefinition domain) {
    return (domain.minRating() + domain.maxRating()) / 2;
  }
}
