package dev.thaw.evaluation.offpolicy;

import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Asks every estimator that fits a log.
 *
 * @param resamples of the bootstrap
 */
public record OffPolicyEvaluation(Estimators estimators, int resamples, long seed) {

  /**
   * @param rounds that another policy logged, in order of time
   * @param own rounds of the evaluated policy itself
   */
  public OffPolicyResult of(
      String log,
      List<LoggedRound> rounds,
      EvaluationPolicy policy,
      Optional<List<LoggedRound>> own) {
    SplittableRandom random = new SplittableRandom(seed);
    WeightedLog weighted = WeightedLog.of(rounds, policy);
    double highest = estimators.maxReward() * weighted.slots();
    ClusterBootstrap bootstrap = new ClusterBootstrap(resamples, highest);
    List<Estimator> fitting = estimators.fitting(weighted, random.split());
    List<Intervals> intervals =
        bootstrap.of(
            fitting.stream().map(each -> each.terms().apply(weighted)).toList(), random.split());
    Intervals logged = onPolicy(rounds, bootstrap, random.split());
    Intervals ownMean = own.map(each -> onPolicy(each, bootstrap, random.split())).orElse(null);
    List<OffPolicyResult.Row> rows = new ArrayList<>();
    for (int e = 0; e < intervals.size(); e++) {
      Intervals estimate = intervals.get(e);
      rows.add(
          new OffPolicyResult.Row(
              fitting.get(e).name(), estimate, ownMean == null ? null : minus(estimate, ownMean)));
    }
    Diagnostics diagnostics = Diagnostics.of(weighted);
    return new OffPolicyResult(
        log,
        policy.name(),
        diagnostics,
        diagnostics.verdict(),
        logged,
        ownMean,
        new HighProbability(highest).of(weighted),
        rows);
  }

  private static Intervals onPolicy(
      List<LoggedRound> rounds, ClusterBootstrap bootstrap, SplittableRandom random) {
    WeightedLog own = WeightedLog.onPolicy(rounds);
    return bootstrap.of(List.of(Terms.mean(own, own::listReward)), random).get(0);
  }

  private static Interval minus(Intervals estimate, Intervals mean) {
    double difference = estimate.estimate() - mean.estimate();
    double margin = Intervals.Z * Math.hypot(estimate.standardError(), mean.standardError());
    return new Interval(
        difference, difference - margin, difference + margin, estimate.normal().users());
  }
}
