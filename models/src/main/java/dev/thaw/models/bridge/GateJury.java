package dev.thaw.models.bridge;

import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.SignFlips;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Decides over a pair of domains on users in two halves: one half chooses the bridge, the fallback
 * and from which history on the bridge is used, the other half says what that gains; then the other
 * way round. So every held-out user decides, and none over what it chose.
 *
 * @param fallbacks figures of each fallback, one per user
 * @param lengths of the users' source histories
 */
record GateJury(List<double[]> fallbacks, int[] lengths) {
  /** Numbers of the users of one half, 0 or 1. */
  static int[] half(int users, int which) {
    return IntStream.range(0, users).filter(u -> u % 2 == which).toArray();
  }

  /**
   * What the users say.
   *
   * @param with per admitted user, with the bridge
   * @param without the same users by the fallback
   * @param bothGain whether the mean gain of each half over every fallback is above zero: the
   *     bootstrap of some dozens of users is too narrow to be believed alone, and the fallback that
   *     one half chose may not be the best of the other
   * @param least source history from which on the bridge is to be used
   */
  record Verdict(
      double[] with, double[] without, Interval difference, boolean bothGain, int least) {
    boolean isFor(PairTest test) {
      return with.length >= GateDecision.MIN_USERS
          && difference.isAboveZero()
          && bothGain
          && test.isRejected();
    }

    /**
     * Of the pair alone: the larger of two p-values, since the bootstrap's is far too small where a
     * few users gain and all others tie, as they do in rankings of some dozens of users.
     */
    PairTest test(RandomGenerator random) {
      double[] gains = new double[with.length];
      Arrays.setAll(gains, u -> with[u] - without[u]);
      return PairTest.alone(
          Math.max(
              PairFamily.TEST.pValueAbove(gains, 0, random),
              SignFlips.pValue(gains, PairFamily.TEST.resamples(), random)));
    }
  }

  /**
   * @param chosen figures of all users with the bridge that each half chose
   * @param last the same of the bridge that both together choose
   */
  Verdict decide(List<double[]> chosen, double[] last, RandomGenerator random) {
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    boolean bothGain = true;
    for (int half = 0; half < 2; half++) {
      int[] choosing = half(lengths.length, half);
      double[] figures = chosen.get(half);
      double[] fallback = fallback(choosing);
      int least = least(figures, fallback, choosing);
      int[] deciding =
          Arrays.stream(half(lengths.length, 1 - half)).filter(u -> lengths[u] >= least).toArray();
      for (int u : deciding) {
        with.add(figures[u]);
        without.add(fallback[u]);
      }
      bothGain &= gains(figures, deciding);
    }
    int[] all = IntStream.range(0, lengths.length).toArray();
    double[] admitted = with.stream().mapToDouble(each -> each).toArray();
    double[] instead = without.stream().mapToDouble(each -> each).toArray();
    return new Verdict(
        admitted,
        instead,
        Bootstrap.DEFAULT.pairedDifference(admitted, instead, random),
        bothGain,
        least(last, fallback(all), all));
  }

  /** Whether the mean of these users lies above that of their best fallback. */
  boolean gains(double[] figures, int[] users) {
    return mean(figures, users) > mean(fallback(users), users);
  }

  /** The one that is best for these users. */
  private double[] fallback(int[] users) {
    double[] best = fallbacks.get(0);
    for (double[] each : fallbacks) {
      best = mean(each, users) > mean(best, users) ? each : best;
    }
    return best;
  }

  private static double mean(double[] figures, int[] users) {
    return Arrays.stream(users).mapToDouble(u -> figures[u]).average().orElse(0);
  }

  /** Too few users say nothing of lengths: whoever has a history is admitted. */
  private int least(double[] with, double[] without, int[] users) {
    if (users.length < GateDecision.MIN_USERS) {
      return 1;
    }
    return GainCurve.fit(
            Arrays.stream(users).map(u -> lengths[u]).toArray(),
            Arrays.stream(users).mapToDouble(u -> with[u] - without[u]).toArray())
        .least();
  }
}
