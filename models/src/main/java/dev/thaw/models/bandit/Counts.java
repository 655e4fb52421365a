package dev.thaw.models.bandit;

import java.util.Arrays;

/** The evidence of the eligible arms alone. */
final class Counts {
  private Counts() {}

  static ArmEvidence[] of(Decision<PosteriorSnapshot> decision) {
    return decision.eligible().stream()
        .map(arm -> decision.evidence().of(arm.item()))
        .toArray(ArmEvidence[]::new);
  }

  /** Impressions of all of them. */
  static double total(ArmEvidence[] evidence) {
    return Arrays.stream(evidence).mapToDouble(ArmEvidence::impressions).sum();
  }

  /** Posterior means under the arms' priors. */
  static double[] means(Decision<PosteriorSnapshot> decision) {
    ArmEvidence[] evidence = of(decision);
    double[] means = new double[evidence.length];
    for (int i = 0; i < means.length; i++) {
      BetaPrior prior = decision.eligible().get(i).prior();
      means[i] =
          (prior.alpha() + evidence[i].rewards())
              / (prior.alpha() + prior.beta() + evidence[i].impressions());
    }
    return means;
  }
}
