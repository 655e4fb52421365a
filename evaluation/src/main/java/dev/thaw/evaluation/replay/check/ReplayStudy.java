package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.OffPolicyEvaluation;
import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.replay.Replay;
import dev.thaw.evaluation.replay.ReplayResult;
import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Replays logs of configurations in worlds whose truth is known, each log in a world of its own,
 * and counts how often intervals hold it. The same seed gives the same figures whatever the number
 * of threads.
 *
 * @param rounds answers of one log
 * @param resamples of the bootstrap
 */
public record ReplayStudy(SeededRuns runs, int rounds, int resamples) {

  /**
   * One log.
   *
   * @param value of the asked configuration on what the log had taught
   * @param served what it earns in the same world when it serves alone and learns of itself
   */
  private record Run(ReplayResult result, double value, double served) {}

  /**
   * @param done told how many logs are through, by one thread at a time
   * @return one row for each estimator
   */
  public List<ReplayRow> of(ReplayScenario scenario, IntConsumer done) {
    List<Run> all = runs.of(random -> run(scenario, random), done);
    List<ReplayRow> rows = new ArrayList<>();
    for (int e = 0; e < estimates(all.get(0)).rows().size(); e++) {
      rows.add(row(scenario, all, e));
    }
    return rows;
  }

  private Run run(ReplayScenario scenario, SplittableRandom random) {
    ReplayWorld world =
        new ReplayWorld(
            rounds, scenario.slots(), scenario.newcomers(), scenario.users(), random.nextLong());
    DrawnLog log = world.log(scenario.logged(), random.split());
    OffPolicyEvaluation evaluation =
        new OffPolicyEvaluation(Estimators.of(1), resamples, random.nextLong());
    ReplayResult result =
        new Replay(
                scenario.logged(),
                scenario.asked(),
                RewardDefinition.POSITIVE,
                evaluation,
                random.nextLong())
            .of("simulated", log);
    DrawnLog own = world.log(scenario.asked(), random.split());
    return new Run(
        result,
        world.value(scenario.asked(), log, random.split()),
        world.value(scenario.asked(), own, random.split()));
  }

  private static OffPolicyResult estimates(Run run) {
    return Objects.requireNonNull(run.result().estimates());
  }

  private static ReplayRow row(ReplayScenario scenario, List<Run> all, int estimator) {
    double estimate = 0;
    double value = 0;
    double served = 0;
    double rebuilt = 0;
    int reliable = 0;
    int coversValue = 0;
    int coversServed = 0;
    for (Run run : all) {
      Interval interval = estimates(run).rows().get(estimator).intervals().studentised();
      estimate += interval.mean();
      value += run.value();
      served += run.served();
      rebuilt += Objects.requireNonNull(run.result().rebuilt());
      reliable += estimates(run).diagnostics().isReliable() ? 1 : 0;
      coversValue += holds(interval, run.value()) ? 1 : 0;
      coversServed += holds(interval, run.served()) ? 1 : 0;
    }
    double logs = all.size();
    return new ReplayRow(
        scenario.name(),
        estimates(all.get(0)).rows().get(estimator).estimator(),
        all.size(),
        rebuilt / logs,
        reliable / logs,
        estimate / logs,
        value / logs,
        served / logs,
        coversValue / logs,
        coversServed / logs);
  }

  private static boolean holds(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high();
  }
}
