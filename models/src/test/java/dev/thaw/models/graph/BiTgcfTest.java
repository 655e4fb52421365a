package dev.thaw.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BiTgcfTest {
  private static final int TASTES = 3;
  private static final BiTgcfTrainer TRAINER = new BiTgcfTrainer(8, 0.8, 0.05, 1e-5, 60);

  /** Users have one taste in both domains; every tenth one is known in the source alone. */
  private static Interactions[] planted(int users, int items, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder books = Interactions.builder(new DomainId("books"));
    InteractionsBuilder movies = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < users; u++) {
      UserId user = new UserId("u" + u);
      int taste = u % TASTES;
      for (int n = 0; n < 8; n++) {
        books.add(user, new ItemId("b" + taste + "-" + random.nextInt(items)), 5);
        if (u % 10 != 0) {
          movies.add(user, new ItemId("m" + taste + "-" + random.nextInt(items)), 5);
        }
      }
    }
    return new Interactions[] {books.build(), movies.build()};
  }

  @Test
  void theGradientIsThatOfFiniteDifferencesWithAndWithoutTransfer() {
    Interactions[] data = planted(12, 3, 4);
    for (double own : new double[] {0.7, 1}) {
      SharedUsers shared = SharedUsers.of(data[0], data[1]);
      BiTgcfLoss loss = new BiTgcfLoss(shared, 2, own);
      double[] p = new SplittableRandom(1).doubles(loss.parameters(), -1, 1).toArray();
      BitSet cold = new BitSet();
      cold.set(shared.overlap()[1]);
      cold.set(shared.overlap()[4]);
      cold.set(shared.overlap()[6]);
      BitSet learned = (BitSet) cold.clone();
      learned.clear(shared.overlap()[6]);
      double[] gradient = new double[p.length];
      loss.add(p, cold, learned, gradient);
      double largest = 0;
      for (int i = 0; i < p.length; i++) {
        double numeric =
            (moved(loss, p, i, 1e-5, cold, learned) - moved(loss, p, i, -1e-5, cold, learned))
                / 2e-5;
        assertThat(gradient[i]).as("parameter %s, own %s", i, own).isCloseTo(numeric, within(1e-7));
        largest = Math.max(largest, Math.abs(numeric));
      }
      assertThat(largest).isGreaterThan(1e-2);
    }
  }

  private static double moved(
      BiTgcfLoss loss, double[] p, int at, double step, BitSet cold, BitSet learned) {
    double[] moved = p.clone();
    moved[at] += step;
    return loss.add(moved, cold, learned, new double[p.length]);
  }

  @Test
  void edgesThatAreLeftOutHaveNoPart() {
    Interactions[] data = planted(60, 5, 6);
    SharedUsers shared = SharedUsers.of(data[0], data[1]);
    BiTgcfLoss loss = new BiTgcfLoss(shared, 2, 0.8);
    double[] p = new SplittableRandom(1).doubles(loss.parameters(), -1, 1).toArray();
    BitSet cold = new BitSet();
    cold.set(shared.overlap()[3]);
    UserId user = shared.users().get(shared.overlap()[3]);
    SharedUsers never = SharedUsers.of(data[0], data[1].ofUsers(other -> !other.equals(user)));
    double[] without =
        new BiTgcfLoss(never, 2, 0.8)
            .forward(new BiTgcfLoss(never, 2, 0.8).propagation(new BitSet()), p)
            .users();
    assertThat(loss.forward(loss.propagation(cold), p).users()).containsExactly(without);
  }

  @Test
  void ofWhatNobodyLikesItKnowsNothing() {
    Interactions[] data = planted(60, 5, 6);
    InteractionsBuilder more = Interactions.builder(new DomainId("movies"));
    more.addItem(new ItemId("unseen"));
    for (UserId user : data[1].users()) {
      data[1].history(user).entries().forEach(entry -> more.add(user, entry.item(), 5));
    }
    BiTgcf model = TRAINER.fit(data[0], more.build(), new SplittableRandom(2));
    assertThat(model.vector(new ItemId("unseen"))).containsOnly(0);
    assertThat(model.vector(new ItemId("never heard of"))).containsOnly(0);
    assertThat(model.vector(data[1].items().get(0))).doesNotContain(0);
  }

  @Test
  void aTrainingThatRunsAwayIsSaidWithStepAndLearningRate() {
    Interactions[] data = planted(60, 5, 6);
    BiTgcfTrainer hasty = new BiTgcfTrainer(4, 0.8, 1e4, 0, 20);
    assertThatThrownBy(() -> hasty.fit(data[0], data[1], new SplittableRandom(1)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("BiTGCF books -> movies diverged at step 2 with learning rate 10000");
  }

  @Test
  void parametersOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> new BiTgcfTrainer(0, 0.8, 0.02, 0, 10)).hasMessageContaining("rank");
    assertThatThrownBy(() -> new BiTgcfTrainer(4, 1.5, 0.02, 0, 10)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new BiTgcfTrainer(4, 1, Double.NaN, 0, 10))
        .hasMessageContaining("NaN");
  }

  @Test
  void domainsWithoutSharedUsersAreRefused() {
    Interactions[] data = planted(30, 5, 6);
    InteractionsBuilder strangers = Interactions.builder(new DomainId("movies"));
    strangers.add(new UserId("stranger"), new ItemId("m"), 5);
    assertThatThrownBy(() -> TRAINER.fit(data[0], strangers.build(), new SplittableRandom(1)))
        .hasMessageContaining("must share users");
  }
}
