package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.List;

/**
 * Mean reward of an arm in a segment, shrunk towards the arm's over all segments, that one towards
 * the mean of all rounds: {@code (sum + m prior) / (n + m)}, the posterior mean under a prior worth
 * m rounds. 0 before the first round.
 *
 * @param strength m, above 0
 */
record ShrunkenMeans(double strength) implements RewardModel.Trainer {
  /** A segment's or an arm's own mean counts half from twenty rounds on. */
  static final ShrunkenMeans DEFAULT = new ShrunkenMeans(20);

  ShrunkenMeans {
    if (!(strength > 0)) {
      throw new IllegalArgumentException("strength must be > 0, was " + strength);
    }
  }

  @Override
  public RewardModel fit(List<LoggedRound> rounds) {
    int arms = 0;
    int segments = 0;
    for (LoggedRound round : rounds) {
      arms = Math.max(arms, 1 + round.slots().get(0).arm());
      segments = Math.max(segments, 1 + round.segment());
    }
    double[][] sums = new double[segments][arms];
    int[][] counts = new int[segments][arms];
    for (LoggedRound round : rounds) {
      LoggedSlot first = round.slots().get(0);
      sums[round.segment()][first.arm()] += first.reward();
      counts[round.segment()][first.arm()]++;
    }
    double overall = rounds.isEmpty() ? 0 : total(sums) / rounds.size();
    double[] ofArm = new double[arms];
    double[][] ofSegment = new double[segments][arms];
    for (int arm = 0; arm < arms; arm++) {
      double sum = 0;
      int count = 0;
      for (int segment = 0; segment < segments; segment++) {
        sum += sums[segment][arm];
        count += counts[segment][arm];
      }
      ofArm[arm] = shrunk(sum, count, overall);
      for (int segment = 0; segment < segments; segment++) {
        ofSegment[segment][arm] = shrunk(sums[segment][arm], counts[segment][arm], ofArm[arm]);
      }
    }
    return (round, place) -> {
      int arm = round.eligible().arm(place);
      if (arm >= ofArm.length) {
        return overall;
      }
      return round.segment() < ofSegment.length ? ofSegment[round.segment()][arm] : ofArm[arm];
    };
  }

  private static double total(double[][] sums) {
    return Arrays.stream(sums).flatMapToDouble(Arrays::stream).sum();
  }

  private double shrunk(double sum, int count, double prior) {
    return (sum + strength * prior) / (count + strength);
  }
}
