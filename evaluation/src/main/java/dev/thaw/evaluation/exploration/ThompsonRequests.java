package dev.thaw.evaluation.exploration;

import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.bandit.linear.DiagonalLearner;
import dev.thaw.models.bandit.linear.DiagonalSnapshot;
import dev.thaw.models.bandit.linear.LinearEvidence;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.RidgeLearner;
import dev.thaw.models.bandit.linear.RidgeSnapshot;
import dev.thaw.models.bandit.linear.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of linear Thompson sampling over many arms, each with weights of its own, by diagonal
 * and by full covariance. A request scores all arms, takes those with the highest upper quantile as
 * its eligible set, finds their chances and draws one. Not to be changed by two threads.
 *
 * <p>Full covariance of all arms would not fit into memory (131 KB an arm at d = 128): there are
 * matrices of {@value #MATRICES} arms, and a request goes through them until it has scored as many
 * as there are arms. They are far more than caches hold.
 */
public final class ThompsonRequests {
  private static final int MATRICES = 500;
  private static final int SHOWN = 3;
  private static final double NOISE = 0.5;
  private static final int DRAWS = 200;
  private static final double FLOOR = 0.01;
  private static final double UPPER = 2;
  private static final BetaPrior UNUSED = new BetaPrior(1, 1);

  private final int dimension;
  private final DiagonalSnapshot diagonal;
  private final RidgeSnapshot full;
  private final List<Arm> ofDiagonal = new ArrayList<>();
  private final List<Arm> ofFull = new ArrayList<>();

  /**
   * @param arms n
   * @param dimension d
   */
  public ThompsonRequests(int arms, int dimension, SplittableRandom random) {
    this.dimension = dimension;
    LinearPrior prior = new LinearPrior(dimension, 1);
    DiagonalLearner diagonalLearner = new DiagonalLearner(prior, arm -> true, Fading.NONE);
    RidgeLearner fullLearner = new RidgeLearner(prior, arm -> true, Fading.NONE);
    for (int i = 0; i < SHOWN * arms; i++) {
      float[] x = features(random);
      double reward = random.nextDouble();
      diagonalLearner.observe(item(i % arms), x, reward, 0);
      if (i % arms < MATRICES) {
        fullLearner.observe(item(i % arms), x, reward, 0);
      }
    }
    this.diagonal = diagonalLearner.snapshot("planted", 0);
    this.full = fullLearner.snapshot("planted", 0);
    for (int i = 0; i < arms; i++) {
      ofDiagonal.add(new Arm(diagonal.arms().get(i), UNUSED));
      ofFull.add(new Arm(item(i % MATRICES), UNUSED));
    }
  }

  private static ItemId item(int number) {
    return ItemId.of("i" + number);
  }

  private float[] features(SplittableRandom random) {
    float[] x = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      x[j] = (float) (random.nextGaussian() / Math.sqrt(dimension));
    }
    return x;
  }

  /**
   * What a request came to.
   *
   * @param scores of all arms
   */
  public record Answer(Scores scores, BanditDecision decision) {}

  /** One request with diagonal posteriors. */
  public Answer diagonal(SplittableRandom random) {
    float[] x = features(random);
    Scores scores = diagonal.all(x);
    List<Arm> eligible = new ArrayList<>(EligibleArms.MAX);
    for (int arm : scores.shortlist(EligibleArms.MAX, UPPER)) {
      eligible.add(ofDiagonal.get(arm));
    }
    return decide(diagonal, scores, eligible, x, random);
  }

  /** One request with full covariance, over as many arms; those with matrices are eligible. */
  public Answer full(SplittableRandom random) {
    float[] x = features(random);
    Scores scores = full.scores(ofFull, Contexts.shared(x));
    return decide(full, scores, ofFull.subList(0, MATRICES), x, random);
  }

  private static <E extends LinearEvidence> Answer decide(
      E evidence, Scores scores, List<Arm> eligible, float[] x, SplittableRandom random) {
    return new Answer(
        scores,
        SlotSampler.choose(
            new LinearThompson<E>(NOISE, DRAWS, FLOOR),
            new Decision<>(evidence, eligible, Contexts.shared(x), 0),
            1,
            random));
  }
}
