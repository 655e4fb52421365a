package dev.thaw.models.bandit;

import java.util.List;

/**
 * A prior from what showing related arms has earned: those of the item's segment, of its category,
 * or its neighbours by content. The reward rate of the domain counts as {@code strength}
 * impressions, and each source with weight w as w times its own, of which no more than {@code cap}
 * count:
 *
 * <pre>
 * n_k = w_k min(N_k, cap),  mean = (strength base + sum_k n_k R_k / N_k) / (strength + sum_k n_k)
 * </pre>
 *
 * with {@code strength + sum_k n_k} as the prior's strength: a power prior (Ibrahim and Chen,
 * Statistical Science 2000), capped so that a category of a million impressions can't keep an arm
 * from being learned of. Without sources it is the domain's rate.
 *
 * @param strength impressions that the domain's rate is worth, in (0, 1e6]
 * @param cap impressions of one source that count at most, in (0, 1e6]
 */
public record RelatedPriors(double strength, double cap) {
  public RelatedPriors {
    if (!(strength > 0 && strength <= 1e6) || !(cap > 0 && cap <= 1e6)) {
      throw new IllegalArgumentException(
          "strength and cap must be in (0, 1e6], were " + strength + " and " + cap);
    }
  }

  /**
   * What related arms earned.
   *
   * @param weight how much one of its impressions says of the arm, in [0, 1]
   */
  public record Source(ArmEvidence evidence, double weight) {
    public Source {
      requireWeight(weight);
    }

    /** The same arms together with some more. */
    private Source plus(ArmEvidence other, double factor) {
      return new Source(
          new ArmEvidence(
              evidence.impressions() + factor * other.impressions(),
              evidence.rewards() + factor * other.rewards()),
          weight);
    }
  }

  /**
   * Neighbours by content as one source.
   *
   * @param evidence of each neighbour
   * @param similarities to each, in [0, 1]: what one of its impressions counts beside those of
   *     others
   * @param weight of all of them
   */
  public static Source neighbours(
      List<ArmEvidence> evidence, double[] similarities, double weight) {
    if (evidence.size() != similarities.length) {
      throw new IllegalArgumentException(
          "similarities must be as many as neighbours, were %d and %d"
              .formatted(similarities.length, evidence.size()));
    }
    Source all = new Source(ArmEvidence.NONE, weight);
    for (int i = 0; i < similarities.length; i++) {
      requireWeight(similarities[i]);
      all = all.plus(evidence.get(i), similarities[i]);
    }
    return all;
  }

  private static void requireWeight(double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight must be in [0, 1], was " + weight);
    }
  }

  /**
   * @param base reward rate of the domain
   */
  public BetaPrior of(double base, List<Source> sources) {
    double rewards = strength * base;
    double impressions = strength;
    for (Source source : sources) {
      double counted = source.weight() * Math.min(source.evidence().impressions(), cap);
      rewards += counted * source.evidence().mean();
      impressions += counted;
    }
    return BetaPrior.ofMean(rewards / impressions, impressions);
  }
}
