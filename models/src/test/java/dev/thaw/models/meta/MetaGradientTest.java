package dev.thaw.models.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetaGradientTest {
  private static final int DIMENSION = 3;
  private static final int ROWS = 9;
  private static final NetworkShape SHAPE = new NetworkShape(2 * DIMENSION, 2 * DIMENSION, 7);
  private static final int SIZE = SHAPE.size() + ROWS * DIMENSION;
  private static final double EPSILON = 1e-6;

  private final SplittableRandom random = new SplittableRandom(5);
  private final double[] parameters = gaussians(SIZE);

  private double[] gaussians(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 0.6 * random.nextGaussian();
    }
    return values;
  }

  private Bag bag(int lowest) {
    int[] rows = {lowest + random.nextInt(3), lowest + random.nextInt(3)};
    return new Bag(rows, new int[] {0, DIMENSION}, new double[] {1, 0.5 + random.nextDouble()});
  }

  private MetaTask task(int support, int query) {
    List<Bag> items = new ArrayList<>();
    for (int i = 0; i < support + query; i++) {
      items.add(bag(i % 2 == 0 ? 3 : 6));
    }
    return new MetaTask(bag(0), items, gaussians(support + query), support);
  }

  private static MetaGradient of(AdaptedPart part, int steps, boolean secondOrder) {
    return of(part, steps, secondOrder, 0.7);
  }

  private static MetaGradient of(AdaptedPart part, int steps, boolean secondOrder, double delta) {
    return new MetaGradient(
        SHAPE, DIMENSION, ROWS, new InnerLoop(part, steps, 0.08), secondOrder, delta);
  }

  /** {@code [theta, table]} like the parameters. */
  private static double[] dense(MetaGradient.OfTask gradient) {
    double[] all = new double[SIZE];
    System.arraycopy(gradient.layers(), 0, all, 0, SHAPE.size());
    for (int i = 0; i < gradient.rows().length; i++) {
      System.arraycopy(
          gradient.embeddings(),
          i * DIMENSION,
          all,
          SHAPE.size() + gradient.rows()[i] * DIMENSION,
          DIMENSION);
    }
    return all;
  }

  static Stream<Arguments> partsAndSteps() {
    return Stream.of(AdaptedPart.values())
        .flatMap(part -> Stream.of(0, 1, 5).map(steps -> Arguments.of(part, steps)));
  }

  @ParameterizedTest
  @MethodSource("partsAndSteps")
  void exactGradientIsThatOfFiniteDifferences(AdaptedPart part, int steps) {
    MetaTask task = task(6, 4);
    MetaGradient exact = of(part, steps, true);
    double[] gradient = dense(exact.of(parameters, task));
    for (int i = 0; i < SIZE; i++) {
      double[] up = parameters.clone();
      double[] down = parameters.clone();
      up[i] += EPSILON;
      down[i] -= EPSILON;
      double slope = (exact.adaptedLoss(up, task) - exact.adaptedLoss(down, task)) / (2 * EPSILON);
      assertThat(gradient[i])
          .as("parameter %d of %d", i, SIZE)
          .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }
    assertThat(java.util.Arrays.stream(gradient).map(Math::abs).max().orElse(0))
        .isGreaterThan(1e-2);
  }

  /**
   * Without the inner gradients' derivatives, the adapted parameters are the shared ones plus a
   * constant: finite differences of that function.
   */
  @ParameterizedTest
  @MethodSource("partsAndSteps")
  void firstOrderGradientTakesTheInnerGradientsForConstants(AdaptedPart part, int steps) {
    MetaTask task = task(6, 4);
    double[] gradient = dense(of(part, steps, false).of(parameters, task));
    double[] adapted = adaptedAll(part, steps, task);
    MetaGradient plain = of(part, 0, true);
    for (int i = 0; i < SIZE; i++) {
      double[] up = adapted.clone();
      double[] down = adapted.clone();
      up[i] += EPSILON;
      down[i] -= EPSILON;
      double slope = (plain.adaptedLoss(up, task) - plain.adaptedLoss(down, task)) / (2 * EPSILON);
      assertThat(gradient[i])
          .as("parameter %d of %d", i, SIZE)
          .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }
  }

  /** The inner loop written anew, by finite differences of the support's loss. */
  private double[] adaptedAll(AdaptedPart part, int steps, MetaTask task) {
    List<Bag> support = task.items().subList(0, task.support());
    double[] targets = java.util.Arrays.copyOf(task.targets(), task.support());
    MetaTask supportAsQuery = new MetaTask(task.user(), support, targets, 0);
    MetaGradient plain = of(part, 0, true, Double.POSITIVE_INFINITY);
    double[] now = parameters.clone();
    for (int step = 0; step < steps; step++) {
      double[] next = now.clone();
      for (int i = part.from(SHAPE); i < part.to(SHAPE, SIZE); i++) {
        double[] up = now.clone();
        double[] down = now.clone();
        up[i] += EPSILON;
        down[i] -= EPSILON;
        next[i] -=
            0.08
                * (plain.adaptedLoss(up, supportAsQuery) - plain.adaptedLoss(down, supportAsQuery))
                / (2 * EPSILON);
      }
      now = next;
    }
    return now;
  }

  @ParameterizedTest
  @EnumSource(AdaptedPart.class)
  void secondOrderTermIsNotNothing(AdaptedPart part) {
    MetaTask task = task(6, 4);
    double[] exact = dense(of(part, 1, true).of(parameters, task));
    double[] first = dense(of(part, 1, false).of(parameters, task));
    double layers = 0;
    double embeddings = 0;
    for (int i = 0; i < SIZE; i++) {
      double difference = Math.abs(exact[i] - first[i]);
      layers = i < SHAPE.size() ? Math.max(layers, difference) : layers;
      embeddings = i < SHAPE.size() ? embeddings : Math.max(embeddings, difference);
    }
    assertThat(layers).isGreaterThan(1e-3);
    assertThat(embeddings).isGreaterThan(1e-3);
  }

  /**
   * What stands in for the masks of a padded batch: rows beyond a task's own have no part in it.
   */
  @ParameterizedTest
  @EnumSource(AdaptedPart.class)
  void longerTaskBeforeLeavesNothingBehind(AdaptedPart part) {
    MetaTask task = task(3, 2);
    MetaGradient used = of(part, 2, true);
    used.of(parameters, task(40, 30));
    MetaGradient.OfTask after = used.of(parameters, task);
    MetaGradient.OfTask fresh = of(part, 2, true).of(parameters, task);
    assertThat(after.loss()).isEqualTo(fresh.loss());
    assertThat(dense(after)).isEqualTo(dense(fresh));
  }

  @Test
  void userWithoutSupportOrAttributesIsAnsweredByTheSharedNetwork() {
    MetaTask given = task(0, 4);
    MetaTask unknown = new MetaTask(Bag.EMPTY, given.items(), given.targets(), 0);
    assertThat(of(AdaptedPart.DECISION, 5, true).adaptedOutputs(parameters, unknown))
        .isEqualTo(of(AdaptedPart.DECISION, 0, true).adaptedOutputs(parameters, unknown));
  }

  @ParameterizedTest
  @EnumSource(
      value = AdaptedPart.class,
      names = {"OUTPUT", "LATER", "DECISION"})
  void servingAdaptsAsTrainingDoes(AdaptedPart part) {
    MetaTask task = task(6, 4);
    double[] trained = of(part, 3, true).adapted(parameters, task);
    LocalTask local = new LocalTask(SHAPE, DIMENSION, ROWS);
    local.enter(task);
    double[] own = new double[local.size()];
    local.gather(parameters, own);
    Inputs in = new Inputs(SHAPE);
    local.embed(own, 0, task.support(), in);
    double[] theta = java.util.Arrays.copyOf(own, SHAPE.size());
    double[] losses =
        new Adaptation(SHAPE, new InnerLoop(part, 3, 0.08))
            .descend(theta, in, java.util.Arrays.copyOf(task.targets(), task.support()));
    assertThat(theta).isEqualTo(trained);
    assertThat(losses[3]).isLessThan(losses[0]);
  }
}
