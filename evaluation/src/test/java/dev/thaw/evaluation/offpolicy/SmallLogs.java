package dev.thaw.evaluation.offpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Logs small enough to compute by hand, and a simple drawn one. */
final class SmallLogs {
  static final ArmSet TWO = ArmSet.first(2);

  private SmallLogs() {}

  /** Weights 0.4, 1.6, 3.2 and 4/15 under {@link #policy}. */
  static List<LoggedRound> fourRounds(double added) {
    return List.of(
        round(0, TWO, 0, 0.5, 1 + added),
        round(1, TWO, 1, 0.5, added),
        round(2, TWO, 1, 0.25, 1 + added),
        round(3, TWO, 0, 0.75, 1 + added));
  }

  static LoggedRound round(int cluster, ArmSet arms, int arm, double propensity, double reward) {
    return LoggedRound.of(cluster, 0, arms, List.of(LoggedSlot.first(arm, propensity, reward)));
  }

  static EvaluationPolicy policy() {
    return fixed(0.2, 0.8);
  }

  static EvaluationPolicy fixed(double... chances) {
    return new DrawnInOrder("fixed", round -> chances);
  }

  /** Two slots of three arms; see the estimators' test for its weights. */
  static List<LoggedRound> twoSlates() {
    ArmSet arms = ArmSet.first(3);
    return List.of(
        LoggedRound.of(
            0, 0, arms, List.of(LoggedSlot.first(0, 0.25, 1), new LoggedSlot(1, 0.5, 0.4, 1))),
        LoggedRound.of(
            1, 0, arms, List.of(LoggedSlot.first(2, 0.4, 0), new LoggedSlot(0, 0.5, 0.5, 0))));
  }

  /** Rounds of a uniform policy, each of a cluster of its own. */
  static List<LoggedRound> uniformRounds(
      int arms, int rounds, IntToDoubleFunction clickRate, SplittableRandom random) {
    ArmSet all = ArmSet.first(arms);
    List<LoggedRound> log = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      int arm = random.nextInt(arms);
      double reward = random.nextDouble() < clickRate.applyAsDouble(arm) ? 1 : 0;
      log.add(round(i, all, arm, 1.0 / arms, reward));
    }
    return log;
  }

  static double estimate(Estimator estimator, WeightedLog log) {
    return estimator.terms().apply(log).estimate();
  }
}
