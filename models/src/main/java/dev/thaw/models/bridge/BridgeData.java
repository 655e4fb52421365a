package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;

/**
 * What a bridge learns from; overlap users are those with a row in both matrices.
 *
 * @param source all interactions there: what was not liked says what interests, too
 * @param target for ranking, what was liked
 * @param met all interactions of the target, which say what interests even where it was not liked
 * @param sourceModel trained on {@code source}
 * @param targetModel trained on {@code target}
 */
public record BridgeData(
    Interactions source,
    Interactions target,
    Interactions met,
    FactorModel sourceModel,
    FactorModel targetModel) {
  public BridgeData {
    if (source.domain().equals(target.domain())) {
      throw new IllegalArgumentException("bridge needs two domains, was twice " + source.domain());
    }
    if (!met.domain().equals(target.domain())) {
      throw new IllegalArgumentException(
          "what was met must be of " + target.domain() + ", was of " + met.domain());
    }
    if (sourceModel.kind() != targetModel.kind()) {
      throw new IllegalArgumentException(
          "bridge needs models of one kind, were "
              + sourceModel.kind()
              + " and "
              + targetModel.kind());
    }
  }

  /** Where the target holds all that was met, as ratings do, or nobody knows what else was. */
  public BridgeData(
      Interactions source, Interactions target, FactorModel sourceModel, FactorModel targetModel) {
    this(source, target, target, sourceModel, targetModel);
  }

  /** Number of users with interactions in both. O(users). */
  public static int overlap(Interactions source, Interactions target) {
    return Overlap.users(source, target).size();
  }
}
