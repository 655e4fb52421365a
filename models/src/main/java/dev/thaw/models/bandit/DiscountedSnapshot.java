package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts that go on fading after the snapshot was taken.
 *
 * @param counts as of the time
 * @param time epoch milliseconds
 */
public record DiscountedSnapshot(PosteriorSnapshot counts, Fading fading, long time)
    implements EvidenceSnapshot {
  @Override
  public String version() {
    return counts.version();
  }

  /** What is left at a decision's time of the evidence of its arms. O(arms of the decision). */
  PosteriorSnapshot at(Decision<DiscountedSnapshot> decision) {
    double left = fading.left(time, decision.time());
    if (left == 1) {
      return counts;
    }
    Map<ItemId, ArmEvidence> faded = new HashMap<>();
    for (Arm arm : decision.eligible()) {
      ArmEvidence evidence = counts.of(arm.item());
      faded.put(
          arm.item(), new ArmEvidence(left * evidence.impressions(), left * evidence.rewards()));
    }
    return new PosteriorSnapshot(counts.version(), faded);
  }
}
