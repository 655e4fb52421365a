package dev.thaw.models.history;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Event;

/** The view {@code user_history}: which items a user interacted with in a domain. */
public final class HistoryFold {
  /**
   * @param listed most items listed, the newest
   * @param counted most distinct items counted; the count stays there beyond
   */
  public HistoryFold(int listed, int counted) {}

  /** 500 listed, 5,000 counted. */
  public static HistoryFold standard() {
    return new HistoryFold(500, 5_000);
  }

  public HistoryState empty() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * @return whether the history changed; events that are no interaction change nothing
   */
  public boolean add(HistoryState state, Event event, DomainDefinition domain) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The row of {@code user_history}. */
  public FeatureRow row(EntityKey key, HistoryState state) {
    throw new UnsupportedOperationException("not yet");
  }
}
