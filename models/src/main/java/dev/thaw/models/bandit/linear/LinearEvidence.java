package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.EvidenceSnapshot;
import java.util.List;

/** Evidence that gives each arm's expected reward in a context, and how sure that is. */
public interface LinearEvidence extends EvidenceSnapshot {
  /**
   * @param contexts features of the arms, each as long as what was learned from
   * @throws IllegalArgumentException if the features are of another length
   */
  Scores scores(List<Arm> arms, Contexts contexts);
}
