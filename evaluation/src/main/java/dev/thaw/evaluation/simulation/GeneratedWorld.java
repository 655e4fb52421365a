package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A world whose every chance is made up:
 *
 * <pre>chance(round, user, arm) = logistic(base + spread z_arm,epoch + taste &lt;u, x_arm&gt;)
 * </pre>
 *
 * with standard normal z, and unit vectors u and x. Arms may come later than others, z may be drawn
 * anew from time to time, and machines may click on the arms that real users like least.
 */
public final class GeneratedWorld implements World {
  /** Impressions that what is assumed of an arm is worth, as of an item without metadata. */
  private static final double ASSUMED = 2;

  /** Arms that the machines click on. */
  private static final double TARGETS = 0.1;

  private final Config config;
  private final Nature nature;
  private final List<Arm> arms = new ArrayList<>();
  private final Set<ItemId> known = new HashSet<>();
  private final float[][] tastes;
  private final double[][] worth;
  private final int[] arrives;

  /**
   * @param arms 2 to 500
   * @param dimension of users' and arms' tastes; 0 where all users are alike
   * @param base logit of the chance of an average arm
   * @param spread standard deviation of arms' logits
   * @param taste weight of the user's taste in the logit
   * @param epochs how often arms are worth something new; 1 in a stationary world
   * @param atStart share of the arms that are there from the start; the others come one by one, at
   *     even distances, up to the middle of the run
   * @param lead what arms that come later have more in their logits, on average
   * @param machines share of the visits that are not of users
   * @param apart time between two visits
   * @param settledAfter see {@link World#settledAfter}
   */
  public record Config(
      int rounds,
      int arms,
      int dimension,
      double base,
      double spread,
      double taste,
      int epochs,
      double atStart,
      double lead,
      double machines,
      Duration apart,
      Duration settledAfter) {
    public Config {
      require(rounds >= 1, "rounds must be >= 1, were " + rounds);
      require(arms >= 2 && arms <= 500, "arms must be in [2, 500], were " + arms);
      require(dimension >= 0, "dimension must be >= 0, was " + dimension);
      require(spread >= 0 && taste >= 0, "spread and taste must be >= 0");
      require(Double.isFinite(lead), "lead must be finite, was " + lead);
      require(epochs >= 1, "epochs must be >= 1, were " + epochs);
      require(atStart > 0 && atStart <= 1, "share at the start must be in (0, 1], was " + atStart);
      require(
          machines >= 0 && machines < 1, "share of machines must be in [0, 1), was " + machines);
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }

  public GeneratedWorld(Config config, long seed) {
    this.config = config;
    this.nature = Nature.ofWorld(seed);
    this.tastes = new float[config.arms][];
    this.worth = new double[config.epochs][config.arms];
    this.arrives = new int[config.arms];
    SplittableRandom random = nature.of(-2, -2);
    BetaPrior prior = BetaPrior.ofMean(Calibration.logistic(config.base), ASSUMED);
    int first = Math.max(2, (int) Math.round(config.atStart * config.arms));
    for (int a = 0; a < config.arms; a++) {
      Arm arm = new Arm(new ItemId("arm-" + a), prior);
      arms.add(arm);
      known.add(arm.item());
      tastes[a] = direction(config.dimension, random);
      for (double[] epoch : worth) {
        epoch[a] =
            config.base + (a < first ? 0 : config.lead) + config.spread * random.nextGaussian();
      }
      arrives[a] =
          a < first ? 0 : (int) (config.rounds / 2L * (a - first + 1) / (config.arms - first + 1));
    }
  }

  private static float[] direction(int dimension, SplittableRandom random) {
    double[] drawn = new double[dimension];
    double squares = 0;
    for (int j = 0; j < dimension; j++) {
      drawn[j] = random.nextGaussian();
      squares += drawn[j] * drawn[j];
    }
    float[] unit = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      unit[j] = (float) (drawn[j] / Math.sqrt(squares));
    }
    return unit;
  }

  @Override
  public int rounds() {
    return config.rounds;
  }

  /** One more than tastes have: the first feature is 1. */
  @Override
  public int dimension() {
    return config.dimension == 0 ? 0 : config.dimension + 1;
  }

  @Override
  public boolean knows(ItemId arm) {
    return known.contains(arm);
  }

  @Override
  public Duration settledAfter() {
    return config.settledAfter;
  }

  @Override
  public Visit visit(int round) {
    SplittableRandom random = nature.of(round, -1);
    boolean fake = random.nextDouble() < config.machines;
    float[] user = direction(config.dimension, random);
    int there = there(round);
    double[] chances = new double[there];
    double[] logits = worth(round);
    for (int a = 0; a < there; a++) {
      double logit = logits[a];
      for (int j = 0; j < user.length; j++) {
        logit += config.taste * user[j] * tastes[a][j];
      }
      chances[a] = Calibration.logistic(logit);
    }
    return new Visit(
        round * config.apart.toMillis(),
        arms.subList(0, there),
        contexts(user),
        fake ? clicked(logits, there) : chances,
        fake);
  }

  /** Logits of the arms' chances without anybody's taste, not to be changed. */
  double[] worth(int round) {
    return worth[(int) ((long) round * config.epochs / config.rounds)];
  }

  /** Of a visit's time. */
  int round(long time) {
    return (int) (time / config.apart.toMillis());
  }

  /** Of all times. */
  int arms() {
    return arms.size();
  }

  private Contexts contexts(float[] user) {
    if (config.dimension == 0) {
      return Contexts.NONE;
    }
    float[] features = new float[user.length + 1];
    features[0] = 1;
    System.arraycopy(user, 0, features, 1, user.length);
    return Contexts.shared(features);
  }

  private int there(int round) {
    int there = 0;
    while (there < arrives.length && arrives[there] <= round) {
      there++;
    }
    return there;
  }

  /** Machines always click on the arms that are worth least, and on nothing else. */
  private static double[] clicked(double[] logits, int there) {
    double[] ascending = Arrays.copyOf(logits, there);
    Arrays.sort(ascending);
    double bound = ascending[(int) Math.ceil(TARGETS * there) - 1];
    double[] chances = new double[there];
    for (int a = 0; a < there; a++) {
      chances[a] = logits[a] <= bound ? 1 : 0;
    }
    return chances;
  }
}
