package dev.thaw.evaluation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Contexts;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedWorldTest {
  private static final int ROUNDS = 6_000;

  private static World world(GeneratedWorlds kind) {
    return kind.ofSeed(ROUNDS).apply(3);
  }

  @Test
  void aStationaryWorldStaysAsItIs() {
    World world = world(GeneratedWorlds.STATIONARY);
    Visit first = world.visit(0);
    assertThat(first.eligible()).hasSize(30);
    assertThat(first.contexts()).isSameAs(Contexts.NONE);
    assertThat(world.visit(ROUNDS - 1).chances()).isEqualTo(first.chances());
    assertThat(world.settledAfter()).isZero();
    assertThat(world.knows(first.eligible().get(29).item())).isTrue();
    assertThat(world.knows(new ItemId("arm-30"))).isFalse();
  }

  @Test
  void aDriftingWorldIsAnotherAfterEachEpoch() {
    World world = world(GeneratedWorlds.DRIFTING);
    assertThat(world.visit(999).chances()).isEqualTo(world.visit(0).chances());
    assertThat(world.visit(1_000).chances()).isNotEqualTo(world.visit(0).chances());
  }

  @Test
  void armsArriveOneByOneUntilHalfTime() {
    World world = world(GeneratedWorlds.ARRIVING);
    int[] there =
        IntStream.range(0, ROUNDS / 100)
            .map(at -> world.visit(at * 100).eligible().size())
            .toArray();
    assertThat(there).isSorted();
    assertThat(there[0]).isEqualTo(15);
    assertThat(there[28]).isLessThan(30);
    assertThat(there[30]).isEqualTo(30);
    Visit early = world.visit(0);
    assertThat(world.visit(ROUNDS - 1).chances()).startsWith(early.chances());
  }

  @Test
  void whatComesLaterIsBetterOnAverageWhereTheWorldImproves() {
    double early = 0;
    double late = 0;
    for (int seed = 0; seed < 40; seed++) {
      double[] chances =
          GeneratedWorlds.IMPROVING.ofSeed(ROUNDS).apply(seed).visit(ROUNDS - 1).chances();
      early += Arrays.stream(chances, 0, 15).average().orElseThrow() / 40;
      late += Arrays.stream(chances, 15, 30).average().orElseThrow() / 40;
    }
    // logits are .8 higher
    assertThat(late / early).isBetween(1.6, 2.4);
  }

  @Test
  void machinesClickOnWhatIsWorthLeast() {
    World world = world(GeneratedWorlds.ADVERSARIAL);
    double[] worth = null;
    int fake = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Visit visit = world.visit(round);
      if (!visit.fake()) {
        worth = visit.chances();
        continue;
      }
      fake++;
      if (worth != null) {
        double[] real = worth;
        double highest =
            IntStream.range(0, 30)
                .filter(arm -> visit.chances()[arm] == 1)
                .mapToDouble(arm -> real[arm])
                .max()
                .orElseThrow();
        assertThat(IntStream.range(0, 30).filter(arm -> real[arm] <= highest).count()).isEqualTo(3);
      }
    }
    assertThat(fake).isBetween(500, 700);
  }

  @Test
  void tastesMatterWhereUsersDiffer() {
    World world = world(GeneratedWorlds.PERSONAL);
    Visit one = world.visit(0);
    Visit other = world.visit(1);
    assertThat(one.chances()).isNotEqualTo(other.chances());
    assertThat(one.contexts().of(0)).hasSize(world.dimension()).startsWith(1);
    assertThat(one.contexts().of(0)).isNotEqualTo(other.contexts().of(0));
  }

  /** Streams of neighbouring numbers are not each other's, a step on. */
  @Test
  void seedsAndRoundsHaveChancesOfTheirOwn() {
    double[] first = new double[2_000];
    double[] next = new double[2_000];
    double[] other = new double[2_000];
    for (int round = 0; round < first.length; round++) {
      SplittableRandom cell = Nature.ofWorld(1).of(round, 3);
      first[round] = cell.nextDouble();
      next[round] = cell.nextDouble();
      other[round] = Nature.ofWorld(2).of(round, 3).nextDouble();
    }
    assertThat(correlation(first, next, 1)).isBetween(-0.1, 0.1);
    assertThat(correlation(first, other, 1)).isBetween(-0.1, 0.1);
    assertThat(correlation(other, first, 1)).isBetween(-0.1, 0.1);
    assertThat(correlation(first, first, 0)).isCloseTo(1, within(1e-9));
    assertThat(Nature.ofLoop(1).of(0, 3).nextDouble()).isNotEqualTo(first[0]);
  }

  /** Of a with b so many rounds later. */
  private static double correlation(double[] a, double[] b, int later) {
    double sum = 0;
    double aa = 0;
    double bb = 0;
    for (int i = later; i < a.length; i++) {
      sum += (a[i] - 0.5) * (b[i - later] - 0.5);
      aa += (a[i] - 0.5) * (a[i] - 0.5);
      bb += (b[i - later] - 0.5) * (b[i - later] - 0.5);
    }
    return sum / Math.sqrt(aa * bb);
  }

  @Test
  void boundsAreNamed() {
    assertThatThrownBy(() -> config(501, 0.5, 0)).hasMessage("arms must be in [2, 500], were 501");
    assertThatThrownBy(() -> config(30, 0, 0))
        .hasMessage("share at the start must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> config(30, 1, 1))
        .hasMessage("share of machines must be in [0, 1), was 1.0");
  }

  private static GeneratedWorld.Config config(int arms, double atStart, double machines) {
    return new GeneratedWorld.Config(
        10, arms, 0, 0, 1, 0, 1, atStart, 0, machines, Duration.ZERO, Duration.ZERO);
  }
}
