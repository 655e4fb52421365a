package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearPrior;
import java.util.Map;
import java.util.Optional;

/**
 * Which form of linear posteriors a policy decides on.
 *
 * @param diagonal whether it keeps of each arm's covariance its diagonal alone
 * @param lambda precision of the prior in units of the noise's
 */
public record LinearForm(boolean diagonal, double lambda) {

  /** Of the configurations whose policies are contextual. */
  public static Map<Assignment, LinearForm> of(ThawConfig.Serving config) {
    return of(config.banditPolicy()).map(form -> Map.of(Assignment.NONE, form)).orElse(Map.of());
  }

  private static Optional<LinearForm> of(BanditPolicyConfig policy) {
    boolean diagonal = policy.name().equals(BanditPolicyConfig.LINEAR_THOMPSON);
    return diagonal || policy.name().equals(BanditPolicyConfig.LIN_UCB)
        ? Optional.of(
            new LinearForm(diagonal, policy.parameter(BanditPolicyConfig.PRIOR_PRECISION)))
        : Optional.empty();
  }

  /** Of no arm yet. */
  LinearPosteriors<?> over(int dimension) {
    LinearPrior prior = new LinearPrior(dimension, lambda);
    return diagonal ? LinearPosteriors.diagonal(prior) : LinearPosteriors.ridge(prior);
  }
}
