package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * Maps the row of a source history straight into the target space: closed-form ridge from source
 * rows to target vectors, so that nothing is lost in source factors. O(n d).
 */
public final class HistoryBridge implements Bridge {
  private HistoryBridge() {}

  @Override
  public String name() {
    return "history-ridge";
  }

  @Override
  public DomainId source() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public DomainId target() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    throw new UnsupportedOperationException("not yet");
  }
}
