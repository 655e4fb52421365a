package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.models.statistics.SettledSlot;
import java.util.List;

/**
 * An impression with what its slots earned.
 *
 * @param open whether its reward window ends after the log
 * @param slots all of the impression; empty while it is open
 */
public record JoinedImpression(Impression impression, boolean open, List<SettledSlot> slots) {
  public JoinedImpression {
    slots = List.copyOf(slots);
  }
}
