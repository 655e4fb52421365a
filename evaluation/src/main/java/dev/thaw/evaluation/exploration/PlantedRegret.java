package dev.thaw.evaluation.exploration;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.SlotSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A world in which each arm's chance of a reward is linear in the context, and what policies lose
 * in it against the best arm. The first feature is a constant, so large that a prior of the size of
 * the other weights leaves the intercept free.
 *
 * @param arms number of arms
 * @param dimension d, at least 2
 * @param correlated whether a few causes move all features, in place of each one for itself
 */
public record PlantedRegret(int arms, int dimension, boolean correlated) {
  private static final int CAUSES = 4;

  /** Share of a correlated feature's variance that is the causes'. */
  private static final double COMMON = 0.8;

  /** Deviation of an arm's reward rate over contexts. */
  private static final double SPREAD = 0.15;

  private static final double MEAN = 0.5;

  private static final float CONSTANT = 30;

  private static final BetaPrior UNUSED = new BetaPrior(1, 1);

  /**
   * Mean regret a round.
   *
   * @param rounds one choice each
   * @param every rounds between two snapshots
   */
  public <E extends EvidenceSnapshot> double of(
      ExplorationPolicy<E> policy, BanditLearner<E> learner, int rounds, int every, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] mixing = matrix(dimension, CAUSES, 1 / Math.sqrt(CAUSES), random);
    double[][] weights = matrix(arms, dimension, 1, random);
    List<Arm> list = new ArrayList<>();
    for (int i = 0; i < arms; i++) {
      list.add(new Arm(ItemId.of("i" + i), UNUSED));
      scale(weights[i], mixing);
    }
    E snapshot = learner.snapshot("0", 0);
    SplittableRandom choosing = random.split();
    double regret = 0;
    for (int t = 0; t < rounds; t++) {
      float[] x = context(mixing, random);
      double luck = random.nextDouble();
      BanditDecision.Choice choice =
          SlotSampler.choose(
                  policy, new Decision<>(snapshot, list, Contexts.shared(x), t), 1, choosing)
              .choices()
              .get(0);
      double rate = rate(weights[choice.arm()], x);
      double best = rate;
      for (double[] each : weights) {
        best = Math.max(best, rate(each, x));
      }
      regret += best - rate;
      learner.observe(choice.item(), x, luck < rate ? 1 : 0, t);
      if ((t + 1) % every == 0) {
        snapshot = learner.snapshot(Integer.toString(t + 1), t + 1);
      }
    }
    return regret / rounds;
  }

  /** Lambda of a prior as wide as the weights are. */
  public double lambda() {
    return MEAN * (1 - MEAN) * dimension / (SPREAD * SPREAD);
  }

  /** Standard deviation of a reward, about. */
  public double noise() {
    return Math.sqrt(MEAN * (1 - MEAN));
  }

  private static double[][] matrix(
      int rows, int columns, double deviation, SplittableRandom random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = deviation * random.nextGaussian();
      }
    }
    return matrix;
  }

  /** To the deviation of rewards that is wanted. */
  private void scale(double[] weights, double[][] mixing) {
    double variance = 0;
    double[] causes = new double[CAUSES];
    for (int j = 1; j < dimension; j++) {
      variance += weights[j] * weights[j] * (correlated ? 1 - COMMON : 1);
      for (int c = 0; c < CAUSES && correlated; c++) {
        causes[c] += Math.sqrt(COMMON) * weights[j] * mixing[j][c];
      }
    }
    for (double each : causes) {
      variance += each * each;
    }
    weights[0] = MEAN / CONSTANT;
    for (int j = 1; j < dimension; j++) {
      weights[j] *= SPREAD / Math.sqrt(variance);
    }
  }

  private float[] context(double[][] mixing, SplittableRandom random) {
    double[] causes = matrix(1, CAUSES, 1, random)[0];
    float[] x = new float[dimension];
    x[0] = CONSTANT;
    for (int j = 1; j < dimension; j++) {
      double own = random.nextGaussian();
      if (correlated) {
        double common = 0;
        for (int c = 0; c < CAUSES; c++) {
          common += mixing[j][c] * causes[c];
        }
        own = Math.sqrt(1 - COMMON) * own + Math.sqrt(COMMON) * common;
      }
      x[j] = (float) own;
    }
    return x;
  }

  private static double rate(double[] weights, float[] x) {
    double rate = 0;
    for (int j = 0; j < x.length; j++) {
      rate += weights[j] * x[j];
    }
    return Math.min(1, Math.max(0, rate));
  }
}
