package dev.thaw.evaluation.abtest.check;

import dev.thaw.evaluation.abtest.ArmMoments;
import dev.thaw.evaluation.abtest.MeanDifference;
import dev.thaw.evaluation.abtest.NormalMixture;
import dev.thaw.evaluation.abtest.SampleRatio;
import dev.thaw.models.metrics.Interval;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One experiment that is looked at again and again.
 *
 * @param sequenceMissed whether the always-valid interval ever left out the truth
 * @param boundMissed whether the upper one-sided bound was ever below the truth: a false {@code
 *     fallen} of a guardrail whose metric fell by exactly its margin
 * @param fixedMissed whether the fixed-horizon interval ever left out the truth
 * @param fixedMissedLast whether it did at the last look
 * @param fixedFoundLast whether it left out zero at the last look
 * @param ratioAlarm whether the arms were ever taken to hold the wrong shares
 * @param foundAfter users at the first look at which the always-valid interval left out zero; more
 *     than all if it never did
 */
record PeekedRun(
    boolean sequenceMissed,
    boolean boundMissed,
    boolean fixedMissed,
    boolean fixedMissedLast,
    boolean fixedFoundLast,
    boolean ratioAlarm,
    int foundAfter) {
  static final int NEVER = Integer.MAX_VALUE;

  /** Standard errors on each side of a normal interval of 95 %. */
  private static final double Z = 1.959964;

  /**
   * @param users multiple of looks
   */
  static PeekedRun of(
      ArrivingUsers arriving,
      int users,
      int looks,
      double alpha,
      NormalMixture mixture,
      RandomGenerator random) {
    ArmMoments control = new ArmMoments();
    ArmMoments treatment = new ArmMoments();
    SampleRatio ratio = new SampleRatio(List.of(0.5, 0.5));
    double truth = arriving.truth();
    PeekedRun run = new PeekedRun(false, false, false, false, false, false, NEVER);
    for (int u = 1; u <= users; u++) {
      boolean treated = random.nextBoolean();
      ratio.add(treated ? 1 : 0);
      (treated ? treatment : control).add(arriving.next(treated, random));
      if (u % (users / looks) == 0) {
        run = run.looked(MeanDifference.of(control, treatment), mixture, alpha, truth);
      }
    }
    // its p-value is of the strongest evidence so far: the last look knows of all before
    return new PeekedRun(
        run.sequenceMissed,
        run.boundMissed,
        run.fixedMissed,
        run.fixedMissedLast,
        run.fixedFoundLast,
        ratio.isWrong(),
        run.foundAfter);
  }

  private PeekedRun looked(
      MeanDifference difference, NormalMixture mixture, double alpha, double truth) {
    if (!NormalMixture.isDefined(difference)) {
      return this;
    }
    Interval sequence = mixture.twoSided(difference, alpha);
    double half = Z * difference.standardError();
    boolean missed = Math.abs(difference.difference() - truth) > half;
    return new PeekedRun(
        sequenceMissed || leavesOut(sequence, truth),
        boundMissed || mixture.oneSided(difference, alpha).high() < truth,
        fixedMissed || missed,
        missed,
        Math.abs(difference.difference()) > half,
        ratioAlarm,
        leavesOut(sequence, 0) ? Math.min(foundAfter, difference.users()) : foundAfter);
  }

  private static boolean leavesOut(Interval interval, double value) {
    return value < interval.low() || interval.high() < value;
  }
}
