package dev.thaw.evaluation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.report.Table;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.linear.InterceptPriors;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainedWorldTest {
  private static final int ROUNDS = 1_000;
  private static final World WORLD = GeneratedWorlds.TRAINED.ofSeed(ROUNDS).apply(3);

  private static float[] features(int round) {
    return WORLD.visit(round).contexts().of(0);
  }

  private static double product(float[] a, float[] b) {
    return IntStream.range(2, a.length).mapToDouble(j -> a[j] * b[j]).sum();
  }

  @Test
  void aTrainingTurnsTheFeaturesOfKnownUsersAndStrangersHaveNone() {
    assertThat(WORLD.training(WORLD.visit(99).time())).isZero();
    assertThat(WORLD.training(WORLD.visit(100).time())).isEqualTo(1);
    World plain = GeneratedWorlds.PERSONAL.ofSeed(ROUNDS).apply(3);
    int known = 0;
    for (int round = 0; round < ROUNDS; round++) {
      float[] x = features(round);
      assertThat(x).hasSize(WORLD.dimension());
      assertThat(x[0]).isEqualTo(1);
      known += x[1] == 1 ? 1 : 0;
      assertThat(product(x, x)).isCloseTo(x[1], within(1e-5));
    }
    assertThat(known).isBetween(650, 750);
    // angles between users are kept within a training, their features are not what tastes are
    int[] of = IntStream.range(0, 100).filter(round -> features(round)[1] == 1).limit(2).toArray();
    float[] a = plain.visit(of[0]).contexts().of(0);
    float[] b = plain.visit(of[1]).contexts().of(0);
    double wanted = IntStream.range(1, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    assertThat(product(features(of[0]), features(of[1]))).isCloseTo(wanted, within(1e-5));
    assertThat((double) features(of[0])[2]).isNotCloseTo(a[1], within(1e-3));
  }

  @Test
  void armsComeRankedByAModelThatIsRightMoreOftenThanNot() {
    double first = 0;
    double last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Visit visit = WORLD.visit(round);
      double[] priors = visit.eligible().stream().mapToDouble(arm -> -arm.prior().mean()).toArray();
      assertThat(priors).isSorted();
      first += visit.chances()[0] / ROUNDS;
      last += visit.chances()[29] / ROUNDS;
    }
    assertThat(first).isGreaterThan(3 * last);
    assertThat(first).isLessThan(0.9 * best());
  }

  private static double best() {
    return IntStream.range(0, ROUNDS)
        .mapToDouble(r -> WORLD.visit(r).best())
        .average()
        .orElseThrow();
  }

  @Test
  void countsOutliveATrainingAndSumsDoNot() {
    LinearPrior prior = new LinearPrior(WORLD.dimension(), 1);
    ServedLearner zero = new ServedLearner(WORLD, () -> LinearPosteriors.ridge(prior, 9), null);
    ServedLearner counting =
        new ServedLearner(
            WORLD, () -> LinearPosteriors.ridge(prior, 9), new InterceptPriors(1, 1_000));
    ItemId arm = ItemId.of("arm-4");
    float[] stranger = new float[WORLD.dimension()];
    stranger[0] = 1;
    long early = WORLD.visit(0).time();
    long late = WORLD.visit(150).time();
    for (int i = 0; i < 60; i++) {
      zero.observe(arm, stranger, 1, early);
      counting.observe(arm, stranger, 1, early);
    }
    assertThat(mean(zero, arm, stranger, early)).isCloseTo(60 / 61.0, within(1e-6));
    assertThat(mean(counting, arm, stranger, early)).isCloseTo(62 / 80.0, within(1e-6));
    assertThat(mean(zero, arm, stranger, late)).isZero();
    assertThat(mean(counting, arm, stranger, late)).isCloseTo(62 / 80.0, within(1e-6));
    zero.observe(arm, stranger, 1, early);
    assertThat(mean(zero, arm, stranger, late)).as("what settles later").isZero();
  }

  private static double mean(ServedLearner learner, ItemId arm, float[] x, long time) {
    Scores scores =
        learner
            .snapshot("v", time)
            .scores(List.of(new Arm(arm, new BetaPrior(2, 18))), Contexts.shared(x));
    return scores.mean(0);
  }

  /** A small part of the published run, where the margin is far wider than seeds are apart. */
  @Test
  void interceptsThatBeginAtRanksAndCountsLoseLess() {
    int rounds = 1_500;
    List<Contender<?>> contenders =
        GeneratedWorlds.AGREEING.contenders(rounds).stream()
            .filter(
                each -> each.name().matches("beta.*|linear-thompson.*, precision 20, .*(0|counts)"))
            .toList();
    List<RegretCurve> curves =
        new Tournament(2, 10, 1)
            .curves(GeneratedWorlds.AGREEING.ofSeed(rounds), contenders, 5, done -> {});
    assertThat(curves).hasSize(3);
    double counted = Arrays.stream(curves.get(1).last()).sum();
    double zero = Arrays.stream(curves.get(2).last()).sum();
    assertThat(counted).isLessThan(0.8 * zero);
    Table table = SimulationTables.againstDefault("agreeing", curves, 1);
    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().get(0).get(0))
        .isEqualTo("linear-thompson 0.2, precision 20, from ranks and counts");
    assertThat(table.rows().get(1).get(2)).isEqualTo("0 of 2");
  }
}
