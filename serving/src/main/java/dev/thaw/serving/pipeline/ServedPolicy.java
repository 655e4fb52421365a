package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.NewcomerShare;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Softmax;
import dev.thaw.models.bandit.Ucb1;
import dev.thaw.models.bandit.UniformPolicy;
import java.util.Set;

/** The configured policy of the bandit's slots. Thread-safe. */
public final class ServedPolicy {
  private final ExplorationPolicy<PosteriorSnapshot> policy;
  private final double newcomerShare;

  private ServedPolicy(ExplorationPolicy<PosteriorSnapshot> policy, double newcomerShare) {
    this.policy = policy;
    this.newcomerShare = newcomerShare;
  }

  public static ServedPolicy of(ServingConfig config) {
    return new ServedPolicy(policy(config), config.banditPolicy().newcomerShare());
  }

  private static ExplorationPolicy<PosteriorSnapshot> policy(ServingConfig config) {
    BanditPolicyConfig chosen = config.banditPolicy();
    return switch (chosen.name()) {
      case BanditPolicyConfig.BETA_THOMPSON ->
          new BetaThompson(config.draws(), config.uniformFloor());
      case BanditPolicyConfig.EPSILON_GREEDY ->
          new EpsilonGreedy(new Epsilon.Fixed(chosen.parameter("epsilon")));
      case BanditPolicyConfig.EPSILON_DECAYING ->
          new EpsilonGreedy(new Epsilon.Decaying(chosen.parameter("c"), chosen.parameter("gap")));
      case BanditPolicyConfig.UCB1 -> new Ucb1(chosen.parameter("width"), config.uniformFloor());
      case BanditPolicyConfig.SOFTMAX -> new Softmax(chosen.parameter("temperature"));
      case BanditPolicyConfig.UNIFORM -> new UniformPolicy<>();
      default -> throw new IllegalStateException("no policy " + chosen.name());
    };
  }

  /** With the configured share of the first slot for these. */
  public ExplorationPolicy<PosteriorSnapshot> among(Set<ItemId> newcomers) {
    return newcomerShare == 0
        ? policy
        : new NewcomerShare<>(policy, newcomerShare, newcomers::contains);
  }

  /**
   * Name and parameters; before them {@value Impression#UNSUPPORTED} where some arm may have no
   * chance, so that off-policy evaluation must not use what is logged under it.
   */
  public String version() {
    ExplorationPolicy<PosteriorSnapshot> any = among(Set.of());
    return (any.supportsPropensities() ? "" : Impression.UNSUPPORTED) + any.version();
  }
}
