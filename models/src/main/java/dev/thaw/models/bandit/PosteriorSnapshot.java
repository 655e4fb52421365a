package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Map;

/**
 * The evidence of all arms at one moment. Immutable, shared freely; one request uses one snapshot.
 *
 * @param version names the snapshot in impression records
 */
public record PosteriorSnapshot(String version, Map<ItemId, ArmEvidence> evidence)
    implements EvidenceSnapshot {
  public static final PosteriorSnapshot EMPTY = new PosteriorSnapshot("none", Map.of());

  public PosteriorSnapshot {
    evidence = Map.copyOf(evidence);
  }

  public ArmEvidence of(ItemId item) {
    return evidence.getOrDefault(item, ArmEvidence.NONE);
  }
}
