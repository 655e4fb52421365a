package dev.thaw.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
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
  void aUserOfTheSourceAloneGetsItemsOfTheTaste() {
    Interactions[] data = planted(300, 20, 5);
    BiTgcf model = TRAINER.fit(data[0], data[1], new SplittableRandom(2));
    int right = 0;
    int asked = 0;
    float[] scores = new float[model.items().size()];
    for (int u = 0; u < 300; u += 10, asked++) {
      model.score(data[0].history(new UserId("u" + u)), scores);
      int best = 0;
      for (int i = 0; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      right += model.items().get(best).value().startsWith("m" + u % TASTES) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(asked * 9 / 10);
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
  void theBinaryFormScoresAlike() {
    Interactions[] data = planted(60, 5, 6);
    BiTgcf model =
        new BiTgcfTrainer(4, 0.8, 0.05, 0, 10).fit(data[0], data[1], new SplittableRandom(2));
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    BiTgcf read = BiTgcf.read(new BinaryReader("bitgcf", out.toByteArray()));
    History history = data[0].history(2);
    float[] scores = new float[model.items().size()];
    float[] again = scores.clone();
    model.score(history, scores);
    read.score(history, again);
    assertThat(again).containsExactly(scores);
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
