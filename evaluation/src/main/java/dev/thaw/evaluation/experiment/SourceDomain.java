package dev.thaw.evaluation.experiment;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;

/**
 * A domain whose users may be mapped into the target.
 *
 * @param interactions of everybody there
 * @param scale on which they are rated, which may differ from the target's
 */
public record SourceDomain(Interactions interactions, RatingScale scale) {
  /** What was liked there, by the source's own rule. */
  public Interactions positives() {
    return interactions.where(scale::isPositive);
  }
}
