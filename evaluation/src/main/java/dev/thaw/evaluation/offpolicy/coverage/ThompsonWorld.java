package dev.thaw.evaluation.offpolicy.coverage;

import dev.thaw.evaluation.offpolicy.ArmSet;
import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One slot, logged by Thompson sampling that learns from its own log in batches, as Thaw's bandit
 * does: winner frequencies of draws from normal posteriors with the moments of Beta ones, mixed
 * with a uniform share. The rates are alike, where it settles on an arm by chance: hard for
 * estimators that take rounds for independent (Hadad et al. 2021, sec. 1).
 */
final class ThompsonWorld implements World {
  private static final double[] RATES = {0.10, 0.10, 0.10, 0.12};
  private static final double[] EVALUATED = {0.7, 0.1, 0.1, 0.1};
  private static final double UNIFORM_SHARE = 0.1;
  private static final int BATCH = 50;
  private static final int POSTERIOR_DRAWS = 200;

  private final int rounds;
  private final ArmSet arms = ArmSet.first(RATES.length);

  ThompsonWorld(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public String name() {
    return "adaptive (Thompson)";
  }

  @Override
  public EvaluationPolicy policy() {
    return new DrawnInOrder("mostly one arm", round -> EVALUATED);
  }

  @Override
  public double truth() {
    double value = 0;
    for (int a = 0; a < RATES.length; a++) {
      value += EVALUATED[a] * RATES[a];
    }
    return value;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public List<LoggedRound> draw(SplittableRandom random) {
    List<LoggedRound> log = new ArrayList<>(rounds);
    int[] shown = new int[RATES.length];
    int[] clicks = new int[RATES.length];
    double[] chances = new double[0];
    for (int i = 0; i < rounds; i++) {
      if (i % BATCH == 0) {
        chances = winnerFrequencies(shown, clicks, random);
      }
      int arm = Chances.draw(chances, random);
      int click = Chances.bernoulli(RATES[arm], random);
      shown[arm]++;
      clicks[arm] += click;
      log.add(
          LoggedRound.of(i, 0, arms, List.of(LoggedSlot.first(arm, chances[arm], click)))
              .withDistribution(chances));
    }
    return log;
  }

  private static double[] winnerFrequencies(int[] shown, int[] clicks, SplittableRandom random) {
    double[] chances = new double[RATES.length];
    Arrays.fill(chances, UNIFORM_SHARE / RATES.length);
    for (int d = 0; d < POSTERIOR_DRAWS; d++) {
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int a = 0; a < RATES.length; a++) {
        double n = shown[a] + 2.0;
        double mean = (clicks[a] + 1) / n;
        double drawn = mean + Math.sqrt(mean * (1 - mean) / (n + 1)) * random.nextGaussian();
        if (drawn > highest) {
          highest = drawn;
          best = a;
        }
      }
      chances[best] += (1 - UNIFORM_SHARE) / POSTERIOR_DRAWS;
    }
    return chances;
  }
}
