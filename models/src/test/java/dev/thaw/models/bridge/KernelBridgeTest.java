package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class KernelBridgeTest {
  private static final KernelBridgeTrainer TRAINER = new KernelBridgeTrainer(1, 8);

  private final BridgeData data = PlantedDomains.exclusiveOr(240, 5);

  private static History history(String... items) {
    return new History(
        items.length,
        List.of(items).stream().map(item -> new History.Entry(new ItemId(item), 5, 0)).toList());
  }

  @Test
  void aHistoryIsMostAlikeToItselfAndAsMuchToAllThatShareNothing() {
    List<History> users = List.of(history("a", "b"), history("b", "c"), history("d"));
    HistoryKernel kernel =
        HistoryKernel.of(
            ItemDictionary.of(
                users.stream()
                    .flatMap(u -> u.entries().stream())
                    .map(History.Entry::item)
                    .toList()),
            PlantedDomains.SCALE,
            users);
    DMatrixRMaj matrix = kernel.matrix();
    for (int u = 0; u < users.size(); u++) {
      assertThat(matrix.get(u, u)).isCloseTo(1, within(1e-3));
    }
    assertThat(matrix.get(0, 1)).isEqualTo(matrix.get(1, 0)).isBetween(0.3, 0.9);
    assertThat(matrix.get(0, 2)).isCloseTo(1 / (2 * Math.PI), within(1e-12));
    assertThat(kernel.of(history("unknown"), PlantedDomains.SCALE)).containsOnly(1 / (2 * Math.PI));
  }

  @Test
  void whatWasLikedWeighsMoreThanWhatWasOnlyMet() {
    List<History> users = List.of(history("a"), history("b"));
    HistoryKernel kernel =
        HistoryKernel.of(
            ItemDictionary.of(List.of(new ItemId("a"), new ItemId("b"))),
            PlantedDomains.SCALE,
            users);
    double[] alike =
        kernel.of(
            new History(
                2,
                List.of(
                    new History.Entry(new ItemId("a"), 5, 0),
                    new History.Entry(new ItemId("b"), 2, 0))),
            PlantedDomains.SCALE);
    assertThat(alike[0]).isGreaterThan(alike[1]);
  }

  @Test
  void itFindsWhatNoLinearMapOfTheSourceGives() {
    Predicate<UserId> held = user -> user.value().hashCode() % 3 == 0;
    Overlap known = Overlap.of(data, data.targetModel(), held.negate());
    KernelBridge kernel = TRAINER.fit(data, known, data.targetModel(), new SplittableRandom(1));
    ItemToItemRidge linear =
        ItemToItemRidge.fit(data.source(), data.target().ofUsers(held.negate()));
    double ofKernel =
        ndcg(
            held,
            (history, out) -> kernel.space().score(kernel.place(history, data.sourceModel()), out));
    double ofLinear = ndcg(held, linear::score);
    assertThat(ofKernel).as("ridge has %s", ofLinear).isGreaterThan(ofLinear + 0.1);
  }

  private double ndcg(Predicate<UserId> users, BiConsumer<History, float[]> scored) {
    float[] scores = new float[data.target().items().size()];
    return data.target().users().stream()
        .filter(users)
        .mapToDouble(
            user -> {
              BitSet liked = new BitSet();
              data.target()
                  .history(user)
                  .entries()
                  .forEach(entry -> liked.set(data.target().items().indexOf(entry.item())));
              scored.accept(data.source().history(user), scores);
              return RankingMetrics.ndcg(
                  TopItems.of(scores, 10, item -> true), 10, liked::get, liked.cardinality());
            })
        .average()
        .orElseThrow();
  }

  @Test
  void whatTheUsersHeldOutDidInTheTargetChangesNothing() {
    Predicate<UserId> held = user -> user.value().hashCode() % 3 == 0;
    BridgeData planted = PlantedDomains.likingTheFirstItem(data, held);
    KernelBridge before = fitted(data, held.negate());
    KernelBridge after = fitted(planted, held.negate());
    for (int u = 0; u < 20; u++) {
      History history = data.source().history(u);
      assertThat(after.place(history, data.sourceModel()))
          .isEqualTo(before.place(history, data.sourceModel()));
    }
  }

  private static KernelBridge fitted(BridgeData data, Predicate<UserId> known) {
    return TRAINER.fit(
        data,
        Overlap.of(data, data.targetModel(), known),
        data.targetModel(),
        new SplittableRandom(1));
  }

  @Test
  void aHistoryOfUnknownItemsIsNotMapped() {
    GateDecision open =
        new GateDecision(
            true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2, PairTest.alone(0.001));
    GatedBridge bridge = new GatedBridge(fitted(data, user -> true), open);
    assertThat(bridge.map(history("unknown"), data.sourceModel())).isEmpty();
    assertThat(bridge.map(data.source().history(0), data.sourceModel())).isPresent();
  }

  @Test
  void whatWasMetButNotLikedCountsToo() {
    InteractionsBuilder met = Interactions.builder(data.target().domain());
    data.target().items().all().forEach(met::addItem);
    for (UserId user : data.target().users()) {
      for (History.Entry entry : data.target().history(user).entries()) {
        met.add(user, entry.item(), 2);
      }
    }
    BridgeData disliked =
        new BridgeData(
            data.source(), data.target(), met.build(), data.sourceModel(), data.targetModel());
    History history = data.source().history(0);
    float[] ofLikes = scores(fitted(data, user -> true), history);
    float[] ofMet = scores(fitted(disliked, user -> true), history);
    for (int item = 0; item < ofMet.length; item++) {
      assertThat(ofMet[item]).isCloseTo(ofLikes[item] / 2, within(1e-5f));
    }
  }

  private float[] scores(KernelBridge bridge, History history) {
    float[] scores = new float[bridge.space().items().size()];
    bridge.space().score(bridge.place(history, data.sourceModel()), scores);
    return scores;
  }

  @Test
  void theFactorsHoldWhatTheyCanOfItsScores() {
    KernelBridge bridge = fitted(data, user -> true);
    History history = data.source().history(0);
    float[] own = scores(bridge, history);
    float[] byFactors = new float[own.length];
    data.targetModel().score(bridge.map(history, data.sourceModel()), byFactors);
    int[] best = TopItems.of(byFactors, 10, item -> true);
    double mean = IntStream.of(best).mapToDouble(item -> own[item]).average().orElseThrow();
    double ofAll = IntStream.range(0, own.length).mapToDouble(i -> own[i]).average().orElseThrow();
    assertThat(mean).isGreaterThan(1.5 * ofAll);
  }

  /** It holds their histories, and outlives the erasure of one of them. */
  @Test
  void theBinaryFormSaysNothingOfWhatTheUsersAreCalled() {
    BridgeData others =
        new BridgeData(
            renamed(data.source()), renamed(data.target()), data.sourceModel(), data.targetModel());
    assertThat(others.source().users()).doesNotContainAnyElementsOf(data.source().users());
    assertThat(bytes(fitted(others, user -> true))).isEqualTo(bytes(fitted(data, user -> true)));
  }

  private static Interactions renamed(Interactions data) {
    InteractionsBuilder renamed = Interactions.builder(data.domain());
    for (UserId user : data.users()) {
      for (History.Entry entry : data.history(user).entries()) {
        renamed.add(new UserId("other " + user), entry.item(), entry.strength());
      }
    }
    return renamed.build();
  }

  private static byte[] bytes(KernelBridge bridge) {
    BinaryWriter out = new BinaryWriter();
    bridge.write(out);
    return out.toByteArray();
  }

  @Test
  void theBinaryFormRanksAlikeAndADamagedOneIsRefused() {
    KernelBridge bridge = fitted(data, user -> true);
    byte[] bytes = bytes(bridge);
    KernelBridge read = KernelBridge.read(new BinaryReader("bridge", bytes));
    History history = data.source().history(3);
    assertThat(read.place(history, data.sourceModel()))
        .isEqualTo(bridge.place(history, data.sourceModel()));
    assertThat(scores(read, history)).isEqualTo(scores(bridge, history));
    assertThat(read.map(history, data.sourceModel()))
        .isEqualTo(bridge.map(history, data.sourceModel()));
    assertThatThrownBy(
            () ->
                KernelBridge.read(
                    new BinaryReader("bridge", Arrays.copyOf(bytes, bytes.length / 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
