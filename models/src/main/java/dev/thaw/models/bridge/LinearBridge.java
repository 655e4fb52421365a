package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * Maps a source factor (length d) into the target space: {@code W [u_S; 1]}. Linear bridge of
 * EMCDR, Man et al., IJCAI 2017, eq. 4. O(d^2).
 */
public final class LinearBridge implements Bridge {
  private LinearBridge() {}

  @Override
  public String name() {
    return "emcdr-linear";
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
    return map(sourceModel.foldIn(history));
  }

  /** Of a vector under the source model. */
  public UserVector map(UserVector source) {
    throw new UnsupportedOperationException("not yet");
  }
}
