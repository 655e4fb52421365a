package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Two domains with one taste a user, in which those known in both have read two books each of many:
 * which books belong together is known from those who read more and are not in the target.
 */
final class SparseReaders {
  static final int TASTES = 4;
  private static final int BOOKS = 120;
  private static final int MOVIES = 12;

  private SparseReaders() {}

  /**
   * Every tenth of the users known in both is known in the source alone; they are the {@code cold}.
   */
  static BridgeData planted(int both, int readers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InteractionsBuilder books = Interactions.builder(new DomainId("books"));
    InteractionsBuilder movies = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < readers; u++) {
      for (int n = 0; n < 12; n++) {
        books.add(new UserId("reader" + u), book(u % TASTES, random), 5);
      }
    }
    for (int u = 0; u < both; u++) {
      UserId user = new UserId((u % 10 == 0 ? "cold" : "both") + u);
      for (int n = 0; n < 2; n++) {
        books.add(user, book(u % TASTES, random), 5);
      }
      for (int n = 0; n < 5 && u % 10 != 0; n++) {
        movies.add(user, new ItemId("m" + u % TASTES + "-" + random.nextInt(MOVIES)), 5);
      }
    }
    Interactions source = books.build();
    Interactions target = movies.build();
    return new BridgeData(
        source, target, PlantedDomains.implicit(source), PlantedDomains.implicit(target));
  }

  /** Everybody is admitted. */
  static GatedBridge open(Bridge bridge) {
    return new GatedBridge(
        bridge,
        new GateDecision(
            true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2, PairTest.alone(0.001)));
  }

  /** Of all items of the target. */
  static float[] scores(Bridge bridge, BridgeData data, History history) {
    float[] scores = new float[data.targetModel().items().size()];
    bridge.rank(history, data.sourceModel(), data.targetModel(), scores);
    return scores;
  }

  /** Share of the cold users whose best item is one of their taste. */
  static double right(Bridge bridge, BridgeData data) {
    return data.source().users().stream()
        .filter(user -> user.value().startsWith("cold"))
        .mapToInt(
            user -> {
              History history = data.source().history(user);
              int best = TopItems.of(scores(bridge, data, history), 1, item -> true)[0];
              String taste = history.entries().get(0).item().value().substring(1, 2);
              String found = data.targetModel().items().get(best).value();
              return found.startsWith("m" + taste) ? 1 : 0;
            })
        .average()
        .orElseThrow();
  }

  /** What is written is read to rank and map alike, and refused where it ends too early. */
  static void checkBinaryForm(Bridge bridge, BridgeData data) {
    BinaryWriter out = new BinaryWriter();
    open(bridge).write(out);
    byte[] bytes = out.toByteArray();
    GatedBridge read = GatedBridge.read(new BinaryReader("bridge", bytes));
    History history = data.source().history(3);
    assertThat(read.bridge().name()).isEqualTo(bridge.name());
    assertThat(scores(read.bridge(), data, history)).isEqualTo(scores(bridge, data, history));
    assertThat(read.map(history, data.sourceModel()).orElseThrow().vector())
        .isEqualTo(bridge.map(history, data.sourceModel()));
    for (int length : new int[] {bytes.length - 3, bytes.length / 2}) {
      BinaryReader damaged = new BinaryReader("bridge", Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> GatedBridge.read(damaged))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ItemId book(int taste, SplittableRandom random) {
    return new ItemId("b" + taste + "-" + random.nextInt(BOOKS));
  }

  /** What overlap users who are held out did in the target changes no score. */
  static void checkNothingOfTheHeldOut(
      BiFunction<BridgeData, Predicate<UserId>, ? extends Bridge> fitted, BridgeData data) {
    Predicate<UserId> held = user -> user.value().hashCode() % 3 == 0;
    BridgeData planted = PlantedDomains.likingTheFirstItem(data, held);
    History history = data.source().history(7);
    assertThat(scores(fitted.apply(planted, held.negate()), data, history))
        .isEqualTo(scores(fitted.apply(data, held.negate()), data, history));
  }
}
