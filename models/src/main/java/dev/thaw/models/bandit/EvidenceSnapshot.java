package dev.thaw.models.bandit;

/** What was learned of the arms up to one moment. Immutable, shared freely. */
public interface EvidenceSnapshot {
  /** Names the snapshot in impression records. */
  String version();

  /** What had to be repaired on the way here. */
  default Repairs repairs() {
    return Repairs.NONE;
  }
}
