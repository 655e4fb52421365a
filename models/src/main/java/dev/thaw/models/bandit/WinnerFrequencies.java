package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import java.util.SplittableRandom;

/**
 * How often each arm has the largest of joint draws from the arms' posteriors. Of Beta posteriors
 * odds are compared: they order as rates do and cost one division.
 */
public final class WinnerFrequencies {
  private static final int MOST_DRAWS = 100_000;

  private WinnerFrequencies() {}

  /** Arms are told apart by the lowest bits of a draw's key, where it is no longer exact. */
  private static final int LABELS = Integer.highestOneBit(EligibleArms.MAX - 1) << 1;

  /**
   * From kept draws: draw m of an arm is the m-th from a random place in its pool. Arms with one
   * posterior share a pool and may tie; going round the arms from a random one gives each the same
   * chance.
   *
   * <p>A key holds the odds in its upper bits and the arm in its lower ones, so that the largest
   * key tells who won. What the label takes leaves 14 bits of mantissa, 6e-5 of the odds. Keys are
   * not negative, so that the sign of a difference tells which is larger: the inner loop has no
   * branch and the compiler turns it into vector instructions, which it does not do with {@link
   * Math#max}.
   *
   * @param draws at most {@link PosteriorDraws#SIZE}
   * @return number of wins by arm
   */
  static int[] pooled(
      PosteriorDraws pools, double[] alpha, double[] beta, int draws, SplittableRandom random) {
    int n = alpha.length;
    int[] best = new int[draws];
    int[] challengers = new int[draws];
    int first = random.nextInt(n);
    for (int step = 0; step < n; step++) {
      int arm = (first + step) % n;
      int[] odds = pools.odds(alpha[arm], beta[arm]);
      int from = (int) (random.nextLong() >>> 32) & PosteriorDraws.SIZE - 1;
      int untilEnd = Math.min(draws, PosteriorDraws.SIZE - from);
      System.arraycopy(odds, from, challengers, 0, untilEnd);
      System.arraycopy(odds, 0, challengers, untilEnd, draws - untilEnd);
      challenge(best, challengers, n - 1 - step);
    }
    int[] wins = new int[n];
    for (int key : best) {
      wins[(first + n - 1 - (key & LABELS - 1)) % n]++;
    }
    return wins;
  }

  /** Odds as the upper bits of a key: positive floats order as their bits do. */
  static int key(double odds) {
    return Float.floatToIntBits((float) odds) & -LABELS;
  }

  private static void challenge(int[] best, int[] challengers, int label) {
    for (int m = 0; m < best.length; m++) {
      int lead = (challengers[m] | label) - best[m];
      best[m] += lead & ~(lead >> 31);
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

  /**
   * Of normal scores that know nothing of each other, from fresh draws. O(n draws), about 5 ns
   * each.
   *
   * @param mean of each arm's score
   * @param deviation of each arm's score, at least 0
   * @return number of wins by arm
   */
  public static int[] normal(
      double[] mean, double[] deviation, int draws, SplittableRandom random) {
    int[] wins = new int[mean.length];
    for (int draw = 0; draw < draws; draw++) {
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < mean.length; i++) {
        double score = mean[i] + deviation[i] * Ziggurat.normal(random.nextLong(), random);
        if (score > highest) {
          highest = score;
          best = i;
        }
      }
      wins[best]++;
    }
    return wins;
  }

  /**
   * @throws IllegalArgumentException if draws are not in [1, 100000]
   */
  public static void requireDraws(int draws) {
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new IllegalArgumentException("draws must be in [1, " + MOST_DRAWS + "], was " + draws);
    }
  }
}
