package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphBridgeTest {
  private static final BiTgcfTrainer TRAINER = new BiTgcfTrainer(8, 0.8, 0.05, 1e-5, 80);

  private final BridgeData data = SparseReaders.planted(300, 400, 5);

  private GraphBridge fitted(BridgeData from, Predicate<UserId> known) {
    return new GraphBridgeTrainer(TRAINER)
        .fit(
            from,
            Overlap.of(from, from.targetModel(), known),
            from.targetModel(),
            new SplittableRandom(1));
  }

  private float[] scores(Bridge bridge, History history) {
    float[] scores = new float[data.targetModel().items().size()];
    bridge.rank(history, data.sourceModel(), data.targetModel(), scores);
    return scores;
  }

  private static History history(String... items) {
    return new History(
        items.length,
        List.of(items).stream().map(item -> new History.Entry(new ItemId(item), 5, 0)).toList());
  }

  @Test
  void whoIsKnownInTheSourceAloneIsRankedItemsOfTheTaste() {
    GraphBridge bridge = fitted(data, user -> true);
    int right = 0;
    int asked = 0;
    for (UserId user : data.source().users()) {
      if (user.value().startsWith("cold")) {
        History history = data.source().history(user);
        int best = TopItems.of(scores(bridge, history), 1, item -> true)[0];
        String taste = history.entries().get(0).item().value().substring(1, 2);
        right += data.targetModel().items().get(best).value().startsWith("m" + taste) ? 1 : 0;
        asked++;
      }
    }
    assertThat(asked).isEqualTo(30);
    assertThat(right).isGreaterThanOrEqualTo(27);
  }

  @Test
  void whoCameAfterTheTrainingIsPlacedByTheBooksThatTheGraphKnows() {
    GateDecision open = new GateDecision(true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2);
    GatedBridge bridge = new GatedBridge(fitted(data, user -> true), open);
    GatedBridge.Mapped mapped =
        bridge.map(history("b2-1", "b2-2", "b2-3", "published since"), data.sourceModel()).get();
    float[] scores = new float[data.targetModel().items().size()];
    bridge.rankingSpace().orElseThrow().score(mapped.place(), scores);
    int[] best = TopItems.of(scores, 3, item -> true);
    assertThat(IntStream.of(best).mapToObj(item -> data.targetModel().items().get(item).value()))
        .allSatisfy(item -> assertThat(item).startsWith("m2"));
    data.targetModel().score(mapped.vector(), scores);
    assertThat(data.targetModel().items().get(TopItems.of(scores, 1, item -> true)[0]).value())
        .as("what the factors hold of it")
        .startsWith("m2");
    assertThat(bridge.map(history("published since"), data.sourceModel())).isEmpty();
  }

  @Test
  void whatTheUsersHeldOutDidInTheTargetChangesNothing() {
    Predicate<UserId> held = user -> user.value().hashCode() % 3 == 0;
    InteractionsBuilder others = Interactions.builder(data.target().domain());
    data.target().items().all().forEach(others::addItem);
    for (UserId user : data.target().users()) {
      for (History.Entry entry : data.target().history(user).entries()) {
        ItemId item = held.test(user) ? data.target().items().get(0) : entry.item();
        others.add(user, item, entry.strength());
      }
    }
    Interactions changed = others.build();
    BridgeData planted =
        new BridgeData(data.source(), changed, changed, data.sourceModel(), data.targetModel());
    History history = data.source().history(7);
    assertThat(scores(fitted(planted, held.negate()), history))
        .isEqualTo(scores(fitted(data, held.negate()), history));
  }

  @Test
  void theGateChoosesItWhereItWinsOnHeldOutUsersAndNotWhereItHasLearnedNothing() {
    BiTgcfTrainer idle = new BiTgcfTrainer(8, 0.8, 1e-9, 0, 1);
    GatedBridge without = new BridgeTrainer().with(idle).fit(data, new SplittableRandom(4));
    GatedBridge with = new BridgeTrainer().with(TRAINER).fit(data, new SplittableRandom(4));
    assertThat(without.bridge().name()).isNotEqualTo(GraphBridge.NAME);
    assertThat(with.bridge().name()).isEqualTo(GraphBridge.NAME);
    assertThat(with.decision().enabled()).as("%s", with.decision()).isTrue();
    assertThat(with.decision().bridged()).isGreaterThan(without.decision().bridged());
  }

  @Test
  void aTrainingThatDivergesIsSaid() {
    BiTgcfTrainer hasty = new BiTgcfTrainer(4, 0.8, 1e4, 0, 20);
    BridgeTrainer trainer = new BridgeTrainer().with(hasty);
    assertThatThrownBy(() -> trainer.fit(data, new SplittableRandom(4)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("learning rate 10000");
  }

  @Test
  void theBinaryFormRanksAlikeAndADamagedOneIsRefused() {
    GateDecision open = new GateDecision(true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2);
    GatedBridge bridge = new GatedBridge(fitted(data, user -> true), open);
    BinaryWriter out = new BinaryWriter();
    bridge.write(out);
    byte[] bytes = out.toByteArray();
    GatedBridge read = GatedBridge.read(new BinaryReader("bridge", bytes));
    History history = data.source().history(3);
    assertThat(scores(read.bridge(), history)).isEqualTo(scores(bridge.bridge(), history));
    assertThat(read.map(history, data.sourceModel()).orElseThrow().vector())
        .isEqualTo(bridge.map(history, data.sourceModel()).orElseThrow().vector());
    assertThatThrownBy(
            () ->
                GatedBridge.read(
                    new BinaryReader("bridge", Arrays.copyOf(bytes, bytes.length / 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTargetModelOfOtherItemsIsRefused() {
    GraphBridge bridge = fitted(data, user -> true);
    History history = data.source().history(3);
    float[] out = new float[data.sourceModel().items().size()];
    assertThatThrownBy(() -> bridge.rank(history, data.sourceModel(), data.sourceModel(), out))
        .hasMessageContaining("bitgcf books -> movies ranks the 48 items");
  }
}
