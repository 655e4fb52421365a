package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearPrior;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which form of linear posteriors a policy decides on.
 *
 * @param diagonal whether it keeps of each arm's covariance its diagonal alone
 * @param lambda precision of the prior in units of the noise's
 * @param most arms of which all of the covariance is kept where not the diagonal alone is
 */
public record LinearForm(boolean diagonal, double lambda, int most) {
  /** Arms of a configuration and domain of which all covariance is kept: 68 MB at 65 features. */
  private static final int MOST_FULL = 2_000;

  /** Of the configurations whose policies are contextual. */
  static Map<Assignment, LinearForm> of(Map<Assignment, BanditPolicyConfig> policies) {
    Map<Assignment, LinearForm> forms = new HashMap<>();
    policies.forEach((each, policy) -> of(policy).ifPresent(form -> forms.put(each, form)));
    return forms;
  }

  /** None for a policy that looks at counts alone. */
  public static Optional<LinearForm> of(BanditPolicyConfig policy) {
    return policy.isContextual()
        ? Optional.of(
            new LinearForm(
                policy.name().equals(BanditPolicyConfig.LINEAR_THOMPSON),
                policy.parameter(BanditPolicyConfig.PRIOR_PRECISION),
                MOST_FULL))
        : Optional.empty();
  }

  /** Of no arm yet. */
  LinearPosteriors over(int dimension) {
    LinearPrior prior = new LinearPrior(dimension, lambda);
    return diagonal ? LinearPosteriors.diagonal(prior) : LinearPosteriors.ridge(prior, most);
  }
}
