package dev.thaw.models.bandit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often each arm has the largest of joint draws from the arms' posteriors. Odds are compared:
 * they order as rates do and cost one division.
 */
final class WinnerFrequencies {
  private WinnerFrequencies() {}

  /**
   * From kept draws: draw m of an arm is the m-th from a random place in its pool. Arms with one
   * posterior share a pool and may tie; going round the arms from a random one gives each the same
   * chance.
   *
   * @param draws at most {@link PosteriorDraws#SIZE}
   * @return number of wins by arm
   */
  static int[] pooled(
      PosteriorDraws pools, double[] alpha, double[] beta, int draws, SplittableRandom random) {
    int n = alpha.length;
    float[] best = new float[draws];
    int[] bestArm = new int[draws];
    Arrays.fill(best, -1);
    int first = random.nextInt(n);
    for (int step = 0; step < n; step++) {
      int arm = first + step < n ? first + step : first + step - n;
      float[] odds = pools.odds(alpha[arm], beta[arm]);
      int from = (int) (random.nextLong() >>> 32) & PosteriorDraws.SIZE - 1;
      int untilEnd = Math.min(draws, PosteriorDraws.SIZE - from);
      challenge(odds, from, best, bestArm, 0, untilEnd, arm);
      challenge(odds, 0, best, bestArm, untilEnd, draws, arm);
    }
    int[] wins = new int[n];
    for (int arm : bestArm) {
      wins[arm]++;
    }
    return wins;
  }

  private static void challenge(
      float[] odds, int from, float[] best, int[] bestArm, int start, int end, int arm) {
    int shift = from - start;
    for (int m = start; m < end; m++) {
      float challenger = odds[m + shift];
      if (challenger > best[m]) {
        best[m] = challenger;
        bestArm[m] = arm;
      }
    }
  }

  /**
   * From fresh draws, any number of them.
   *
   * @return number of wins by arm
   */
  static int[] fresh(double[] alpha, double[] beta, int draws, SplittableRandom random) {
    int n = alpha.length;
    GammaSampler rewards = new GammaSampler(n);
    GammaSampler failures = new GammaSampler(n);
    for (int i = 0; i < n; i++) {
      rewards.set(i, alpha[i]);
      failures.set(i, beta[i]);
    }
    int[] wins = new int[n];
    for (int draw = 0; draw < draws; draw++) {
      int best = 0;
      double bestOdds = -1;
      for (int i = 0; i < n; i++) {
        double odds = rewards.draw(i, random) / failures.draw(i, random);
        if (odds > bestOdds) {
          bestOdds = odds;
          best = i;
        }
      }
      wins[best]++;
    }
    return wins;
  }
}
