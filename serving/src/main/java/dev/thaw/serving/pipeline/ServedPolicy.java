package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.NewcomerShare;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.bandit.Softmax;
import dev.thaw.models.bandit.Ucb1;
import dev.thaw.models.bandit.UniformPolicy;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.bandit.linear.Intercept;
import dev.thaw.models.bandit.linear.LinUcb;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.Scores;
import dev.thaw.serving.snapshot.LinearRanks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * The configured policy of the bandit's slots. Thread-safe.
 *
 * @param <E> what it decides on
 */
public final class ServedPolicy<E extends EvidenceSnapshot> {
  private final ExplorationPolicy<E> policy;
  private final BanditPolicyConfig config;
  private final BiFunction<Query, DecisionFeatures, E> evidence;
  private final Known<E> known;

  private ServedPolicy(
      ExplorationPolicy<E> policy,
      BanditPolicyConfig config,
      BiFunction<Query, DecisionFeatures, E> evidence,
      Known<E> known) {
    this.policy = policy;
    this.config = config;
    this.evidence = evidence;
    this.known = known;
  }

  /** What evidence tells of an arm in a context, by name, in an order of its own. */
  @FunctionalInterface
  private interface Known<E> {
    Map<String, Object> of(E evidence, Arm arm, DecisionFeatures features);
  }

  public static ServedPolicy<?> of(ServingConfig config) {
    BanditPolicyConfig chosen = config.banditPolicy();
    return switch (chosen.name()) {
      case BanditPolicyConfig.LINEAR_THOMPSON ->
          contextual(linear(config), chosen, "posterior_sd", chosen.parameter("noise"));
      case BanditPolicyConfig.LIN_UCB ->
          contextual(linear(config), chosen, "posterior_width", chosen.parameter("alpha"));
      default ->
          new ServedPolicy<>(
              counting(config),
              chosen,
              (query, features) -> query.posteriors(),
              (counts, arm, features) -> {
                BetaPrior prior = arm.prior();
                return counted(counts.of(arm.item()), prior.alpha() + prior.beta(), prior.alpha());
              });
    };
  }

  /**
   * A policy that looks at counts alone, without {@link #withNewcomers the share of newcomers}.
   *
   * @throws IllegalArgumentException if the configured one looks at the user
   */
  public static ExplorationPolicy<PosteriorSnapshot> counting(ServingConfig config) {
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
      default ->
          throw new IllegalArgumentException(
              "bandit_policy must be one that looks at counts alone, was " + chosen.name());
    };
  }

  /**
   * A policy that looks at the user, without {@link #withNewcomers the share of newcomers}.
   *
   * @throws IllegalArgumentException if the configured one looks at counts alone
   */
  public static ExplorationPolicy<ArmsSnapshot> linear(ServingConfig config) {
    BanditPolicyConfig chosen = config.banditPolicy();
    double floor = config.uniformFloor();
    return switch (chosen.name()) {
      case BanditPolicyConfig.LINEAR_THOMPSON ->
          new LinearThompson<>(chosen.parameter("noise"), config.draws(), floor);
      case BanditPolicyConfig.LIN_UCB -> new LinUcb<>(chosen.parameter("alpha"), floor);
      default ->
          throw new IllegalArgumentException(
              "bandit_policy must be one that looks at the user, was " + chosen.name());
    };
  }

  private static Map<String, Object> counted(
      ArmEvidence evidence, double priorImpressions, double priorRewards) {
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("posterior_impressions", Math.round(evidence.impressions()));
    known.put("posterior_rewards", evidence.rewards());
    known.put("prior_impressions", priorImpressions);
    known.put("prior_rewards", priorRewards);
    return known;
  }

  /**
   * @param spread names what the policy makes of a deviation
   * @param factor of that, in deviations
   */
  private static ServedPolicy<?> contextual(
      ExplorationPolicy<ArmsSnapshot> policy,
      BanditPolicyConfig config,
      String spread,
      double factor) {
    return new ServedPolicy<>(
        policy,
        config,
        (query, features) -> query.ranks().linear(query.assignment(), features),
        (evidence, arm, features) -> {
          Scores scores = evidence.scores(List.of(arm), Contexts.shared(features.toArray()));
          Intercept prior = evidence.intercept(arm);
          Map<String, Object> known =
              counted(evidence.learned(arm.item()), prior.strength(), prior.rewards());
          known.put("posterior_mean", scores.mean(0));
          known.put(spread, factor * scores.deviation(0));
          return known;
        });
  }

  /**
   * What was known of an arm when it was drawn, for people: impressions and rewards that were
   * learned from (of a contextual policy those of the active space of features, in its own cell),
   * those of its prior (of a contextual policy what its intercept begins at); of a contextual
   * policy the mean of the expected reward in this context and its standard deviation, or what the
   * upper bound adds; and where neighbours have a part in the prior, these and what they earned,
   * each impression by its similarity.
   */
  Map<String, Object> posterior(Query query, DecisionFeatures features, Arm arm) {
    Map<String, Object> all = known.of(evidence.apply(query, features), arm, features);
    query
        .assumed(arm.item())
        .ifPresent(
            assumed -> {
              all.put(
                  "prior_neighbours", assumed.neighbours().stream().map(ItemId::value).toList());
              all.put("prior_neighbour_impressions", assumed.earned().impressions());
              all.put("prior_neighbour_rewards", assumed.earned().rewards());
            });
    return all;
  }

  /** Whether it decides by features of the user. */
  private boolean isContextual() {
    return config.isContextual();
  }

  /** Whether features of the user are logged, whatever decides. */
  boolean logsFeatures() {
    return config.logsFeatures();
  }

  /**
   * @param features of the user, of no use to a policy that looks at counts alone
   * @param newcomers those of the arms that have the configured share of the first slot
   */
  BanditDecision choose(
      Query query,
      DecisionFeatures features,
      List<Arm> arms,
      Collection<ItemId> newcomers,
      int slots,
      SplittableRandom random) {
    Contexts contexts = isContextual() ? Contexts.shared(features.toArray()) : Contexts.NONE;
    return SlotSampler.choose(
        withNewcomers(policy, config.newcomerShare(), newcomers),
        new Decision<>(
            evidence.apply(query, features), arms, contexts, query.time().toEpochMilli()),
        slots,
        random);
  }

  /**
   * @param share of the first slot, 0 for none
   * @param newcomers arms that have it
   */
  public static <E extends EvidenceSnapshot> ExplorationPolicy<E> withNewcomers(
      ExplorationPolicy<E> policy, double share, Collection<ItemId> newcomers) {
    return share == 0
        ? policy
        : new NewcomerShare<>(policy, share, Set.copyOf(newcomers)::contains);
  }

  /**
   * Name and parameters, of a contextual one what its arms begin at, and whether that is by
   * neighbours; before them {@value Impression#UNSUPPORTED} where some arm may have no chance, so
   * that off-policy evaluation must not use what is logged under it.
   */
  public String version() {
    ExplorationPolicy<E> any = withNewcomers(policy, config.newcomerShare(), List.of());
    return (any.supportsPropensities() ? "" : Impression.UNSUPPORTED)
        + any.version()
        + (isContextual() ? "+" + LinearRanks.INTERCEPTS : "")
        + (config.asksNeighbours() ? "+" + BanditPolicyConfig.BY_NEIGHBOURS : "");
  }
}
