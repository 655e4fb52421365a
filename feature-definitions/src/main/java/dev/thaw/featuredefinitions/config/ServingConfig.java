package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.longerThanZero;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * @param host address to listen on, loopback by default
 * @param port 0 for any free one
 * @param deadline of a recommendation where the caller sets none
 * @param banditSlots leading slots the bandit decides, 0 to 2
 * @param shortlist arms the bandit chooses among, at most 500
 * @param uniformFloor probability mass spread evenly over the eligible set
 * @param draws posterior draws behind the winner frequencies
 * @param banditPolicy how the bandit's slots are drawn
 * @param explorationBudget bounds of showing items nothing is known of
 * @param seed of the bandit's draws, together with the id of each request
 * @param scoredWhole up to so many items of a domain all are scored for a user's vector and no
 *     index is asked, at most 1,000,000; null for what suits the kind of index
 * @param features where the features of users and items are read
 * @param methods other than the usual ones
 * @param experiment whose configurations serve in place of this one; null where all users are
 *     served alike
 */
public record ServingConfig(
    String host,
    int port,
    Duration deadline,
    int maxK,
    int banditSlots,
    int shortlist,
    double uniformFloor,
    int draws,
    BanditPolicyConfig banditPolicy,
    ExplorationBudgetConfig explorationBudget,
    long seed,
    @Nullable Integer scoredWhole,
    FeatureSource features,
    MethodsConfig methods,
    @Nullable ExperimentConfig experiment) {
  public ServingConfig {
    notBlank("host", host);
    inRange("port", port, 0, 65_535);
    longerThanZero("deadline", deadline);
    inRange("max_k", maxK, 1, 1000);
    inRange("bandit_slots", banditSlots, 0, 2);
    inRange("shortlist", shortlist, 1, 500);
    banditPolicy.requireFloor(uniformFloor);
    inRange("draws", draws, 1, 100_000);
    explorationBudget.requireRoomFor(banditSlots);
    if (scoredWhole != null) {
      inRange("scored_whole", scoredWhole, 0, 1_000_000);
    }
  }

  public ServingConfig withAddress(String newHost, int newPort) {
    return with(newHost, newPort, features, experiment);
  }

  public ServingConfig withFeatures(FeatureSource newFeatures) {
    return with(host, port, newFeatures, experiment);
  }

  public ServingConfig withExperiment(@Nullable ExperimentConfig newExperiment) {
    return with(host, port, features, newExperiment);
  }

  public ServingConfig withMethods(MethodsConfig newMethods) {
    return deciding(
        banditSlots, shortlist, uniformFloor, draws, banditPolicy, explorationBudget, newMethods);
  }

  public ServingConfig withBandit(BanditPolicyConfig newPolicy, ExplorationBudgetConfig newBudget) {
    return deciding(banditSlots, shortlist, uniformFloor, draws, newPolicy, newBudget, methods);
  }

  public ServingConfig withUniformFloor(double newFloor) {
    return deciding(
        banditSlots, shortlist, newFloor, draws, banditPolicy, explorationBudget, methods);
  }

  /** The same server with other answers. */
  ServingConfig deciding(
      int slots,
      int arms,
      double floor,
      int posteriorDraws,
      BanditPolicyConfig policy,
      ExplorationBudgetConfig budget,
      MethodsConfig order) {
    return new ServingConfig(
        host,
        port,
        deadline,
        maxK,
        slots,
        arms,
        floor,
        posteriorDraws,
        policy,
        budget,
        seed,
        scoredWhole,
        features,
        order,
        experiment);
  }

  private ServingConfig with(
      String address, int at, FeatureSource source, @Nullable ExperimentConfig compared) {
    return new ServingConfig(
        address,
        at,
        deadline,
        maxK,
        banditSlots,
        shortlist,
        uniformFloor,
        draws,
        banditPolicy,
        explorationBudget,
        seed,
        scoredWhole,
        source,
        methods,
        compared);
  }

  /** By what configurations draw; of the only one where no experiment runs. */
  public Map<Assignment, BanditPolicyConfig> banditPolicies() {
    ExperimentConfig compared = experiment;
    return compared == null
        ? Map.of(Assignment.NONE, banditPolicy)
        : compared.configurations().stream()
            .collect(Collectors.toMap(compared::assignment, each -> each.serving().banditPolicy()));
  }

  /** Of the configurations of the experiment; none where none runs. */
  public List<Assignment> assignments() {
    return experiment == null
        ? List.of()
        : experiment.configurations().stream().map(experiment::assignment).toList();
  }

  /** All methods that any user may be served by: what has to be trained and kept up. */
  public MethodsConfig askedMethods() {
    return experiment == null
        ? methods
        : experiment.configurations().stream()
            .map(each -> each.serving().methods())
            .reduce(methods, MethodsConfig::plus);
  }
}
