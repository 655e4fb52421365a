package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.Contexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.dense.row.RandomMatrices_DDRM;

/**
 * A world as serving meets it: arms come ranked by a model, with serving's priors of their places,
 * and the model is trained anew every so many rounds. Each training gives the same users other
 * features, their tastes turned by a random rotation Q, and the ranking other errors:
 *
 * <pre>score(user, arm) = logit(chance) + error (z_arm + &lt;u, y_arm&gt;),  features = (1, 1, Q u)
 * </pre>
 *
 * with standard normal z and y of the training. Of strangers nothing is known: they have the
 * features (1, 0, 0), and the ranking goes by what arms are worth to the average user. Errors of
 * two trainings have nothing to do with each other, so that no training learns of the bandit.
 * Thread-safe.
 */
final class TrainedWorld implements World {
  private static final int TRAINING = -3;
  private static final int STRANGER = -4;

  private final GeneratedWorld world;
  private final Config config;
  private final Nature nature;
  private final List<Training> trainings;

  /**
   * @param every rounds from one training to the next, at least 1
   * @param error standard deviation of a score's errors, in logits
   * @param strangers share of the visits
   */
  record Config(int every, double error, double strangers) {
    Config {
      if (every < 1 || !(error >= 0) || !(strangers >= 0 && strangers <= 1)) {
        throw new IllegalArgumentException(
            "rounds must be >= 1, error >= 0 and strangers in [0, 1], were %d, %s and %s"
                .formatted(every, error, strangers));
      }
    }
  }

  /** z, y and Q. */
  private record Training(double[] arms, double[][] tastes, double[][] rotation) {}

  TrainedWorld(GeneratedWorld world, Config config, long seed) {
    this.world = world;
    this.config = config;
    this.nature = Nature.ofWorld(seed);
    this.trainings =
        IntStream.rangeClosed(0, (world.rounds() - 1) / config.every)
            .mapToObj(this::training)
            .toList();
  }

  private Training training(int number) {
    SplittableRandom random = nature.of(number, TRAINING);
    double[][] tastes = new double[world.arms()][];
    Arrays.setAll(tastes, arm -> normal(tastes(), random));
    return new Training(
        normal(world.arms(), random),
        tastes,
        RandomMatrices_DDRM.orthogonal(tastes(), tastes(), new Random(random.nextLong()))
            .get2DData());
  }

  private static double[] normal(int length, SplittableRandom random) {
    double[] drawn = new double[length];
    Arrays.setAll(drawn, i -> random.nextGaussian());
    return drawn;
  }

  private int tastes() {
    return world.dimension() - 1;
  }

  @Override
  public int rounds() {
    return world.rounds();
  }

  /** 1, whether the user is known, and as many as tastes have. */
  @Override
  public int dimension() {
    return world.dimension() + 1;
  }

  @Override
  public boolean knows(ItemId arm) {
    return world.knows(arm);
  }

  @Override
  public Duration settledAfter() {
    return world.settledAfter();
  }

  @Override
  public int training(long time) {
    return world.round(time) / config.every;
  }

  @Override
  public Visit visit(int round) {
    Visit visit = world.visit(round);
    Training training = trainings.get(round / config.every);
    boolean known = nature.of(round, STRANGER).nextDouble() >= config.strangers;
    float[] taste = Arrays.copyOfRange(visit.contexts().of(0), 1, world.dimension());
    double[] worth = world.worth(round);
    double[] scores = new double[visit.eligible().size()];
    for (int a = 0; a < scores.length; a++) {
      double chance = visit.chances()[a];
      double logit = known ? Math.log(chance / (1 - chance)) : worth[a];
      double error = training.arms[a] + (known ? product(taste, training.tastes[a]) : 0);
      scores[a] = logit + config.error * error;
    }
    return ranked(visit, scores, features(taste, training, known));
  }

  private static Visit ranked(Visit visit, double[] scores, float[] features) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(a -> -scores[a]))
            .mapToInt(a -> a)
            .toArray();
    List<Arm> arms = new ArrayList<>();
    for (int place = 0; place < order.length; place++) {
      Arm arm = visit.eligible().get(order[place]);
      arms.add(new Arm(arm.item(), ArmPriors.DEFAULT.at(place, order.length, arm.prior().mean())));
    }
    double[] chances = IntStream.of(order).mapToDouble(a -> visit.chances()[a]).toArray();
    return new Visit(visit.time(), arms, Contexts.shared(features), chances, visit.fake());
  }

  private float[] features(float[] taste, Training training, boolean known) {
    float[] features = new float[dimension()];
    features[0] = 1;
    if (known) {
      features[1] = 1;
      for (int j = 0; j < taste.length; j++) {
        features[2 + j] = (float) product(taste, training.rotation[j]);
      }
    }
    return features;
  }

  private static double product(float[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
