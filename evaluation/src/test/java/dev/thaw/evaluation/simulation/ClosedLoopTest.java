package dev.thaw.evaluation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Discounted;
import dev.thaw.models.bandit.DiscountedSnapshot;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.UniformPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final double[] CHANCES = {0.9, 0.5, 0.1};
  private static final int ROUNDS = 3_000;

  private static Contender<DiscountedSnapshot> contender(
      ExplorationPolicy<PosteriorSnapshot> policy) {
    return new Contender<>(
        "policy", world -> new CountLearner(world::knows, Fading.NONE), new Discounted(policy));
  }

  private static final Contender<DiscountedSnapshot> UNIFORM = contender(new UniformPolicy<>());
  private static final Contender<DiscountedSnapshot> LEARNING =
      contender(new EpsilonGreedy(new Epsilon.Fixed(0.1)));

  private static ClosedLoop.Run run(World world, Contender<?> contender, long seed) {
    return new ClosedLoop(1, new int[] {ROUNDS / 2, ROUNDS}).run(world, contender, seed);
  }

  /** The same world, whose rewards are known late, or some of whose visits are fake. */
  private record Changed(World world, Duration settledAfter, int fakeEvery) implements World {
    @Override
    public int rounds() {
      return world.rounds();
    }

    @Override
    public int dimension() {
      return world.dimension();
    }

    @Override
    public boolean knows(ItemId arm) {
      return world.knows(arm);
    }

    @Override
    public Visit visit(int round) {
      Visit visit = world.visit(round);
      return new Visit(
          visit.time(),
          visit.eligible(),
          visit.contexts(),
          visit.chances(),
          fakeEvery > 0 && round % fakeEvery == 0);
    }
  }

  private static final World WORLD = new FixedChances(CHANCES, ROUNDS);

  @Test
  void whoChoosesAtRandomLosesTheMeanGapEachRound() {
    ClosedLoop.Run run = run(WORLD, UNIFORM, 1);
    // 0, 0.4 and 0.8, deviation of a round 0.33
    assertThat(run.regret()[1]).isCloseTo(0.4 * ROUNDS, within(4 * 0.33 * Math.sqrt(ROUNDS)));
    assertThat(run.regret()[0]).isLessThan(run.regret()[1]);
    assertThat(run.best()).isCloseTo(0.9, within(1e-9));
    assertThat(run.reward()).isCloseTo(0.9 - run.regret()[1] / ROUNDS, within(1e-9));
  }

  @Test
  void whoLearnsLosesWhatItsEpsilonCosts() {
    double lost = run(WORLD, LEARNING, 1).regret()[1];
    assertThat(lost).isBetween(0.5 * 0.1 * 0.4 * ROUNDS, 2 * 0.1 * 0.4 * ROUNDS);
  }

  @Test
  void whatIsNotKnownYetIsNotLearned() {
    World late = new Changed(WORLD, Duration.ofMillis(ROUNDS), 0);
    assertThat(run(late, LEARNING, 1).regret()).isEqualTo(run(late, UNIFORM, 1).regret());
    World halfway = new Changed(WORLD, Duration.ofMillis(ROUNDS / 2), 0);
    double[] regret = run(halfway, LEARNING, 1).regret();
    assertThat(regret[1] - regret[0]).isLessThan(0.3 * regret[0]);
  }

  @Test
  void fakeVisitsAreWorthNothing() {
    ClosedLoop.Run half = run(new Changed(WORLD, Duration.ZERO, 2), UNIFORM, 1);
    assertThat(half.regret()[1]).isCloseTo(0.4 * ROUNDS / 2, within(4 * 0.33 * Math.sqrt(ROUNDS)));
    assertThat(half.best()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void aSeedSaysEverythingAndThreadsNothing() {
    List<RegretCurve> one = curves(1);
    List<RegretCurve> three = curves(3);
    for (int c = 0; c < one.size(); c++) {
      assertThat(three.get(c).last()).isEqualTo(one.get(c).last());
    }
    assertThat(one.get(0).last()[0]).isNotEqualTo(one.get(0).last()[1]);
    assertThat(one.get(0).rounds()).hasSize(100).endsWith(150);
  }

  private static List<RegretCurve> curves(int threads) {
    return new Tournament(4, 5, threads)
        .curves(
            GeneratedWorlds.PERSONAL.ofSeed(150),
            GeneratedWorlds.PERSONAL.contenders(150),
            7,
            done -> {});
  }

  @Test
  void boundsAreNamed() {
    assertThatThrownBy(() -> new ClosedLoop(0, new int[0]))
        .hasMessage("refresh must be >= 1, was 0");
    assertThatThrownBy(() -> new Tournament(1, 1, 1)).hasMessage("seeds must be >= 2, were 1");
    assertThatThrownBy(() -> new FixedChances(new double[] {0.5, 1.5}, 1))
        .hasMessage("chance of arm 1 must be in [0, 1], was 1.5");
  }

  @Test
  void logarithmsAndLinesAreToldApart() {
    int[] rounds = IntStream.rangeClosed(1, 100).map(p -> p * 10).toArray();
    double[] line = IntStream.of(rounds).mapToDouble(t -> 3 + 0.1 * t).toArray();
    double[] log = IntStream.of(rounds).mapToDouble(t -> 3 + 20 * Math.log(t)).toArray();
    Growth growth = Growth.from(rounds, 0.02);
    assertThat(growth.logOverLinear(line)).isLessThan(-0.1);
    assertThat(growth.logOverLinear(log)).isGreaterThan(0.1);
    assertThat(growth.logOverLinear(new double[100])).isZero();
    assertThat(Growth.unexplained(new double[] {1, 2, 3}, new double[] {2, 4, 6}))
        .isCloseTo(0, within(1e-12));
    assertThatThrownBy(() -> Growth.from(rounds, 0.985))
        .hasMessageContaining("a fit needs three points");
  }
}
