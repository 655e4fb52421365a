package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.TrainingDivergedException;
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

  private static History history(String... items) {
    return new History(
        items.length,
        List.of(items).stream().map(item -> new History.Entry(new ItemId(item), 5, 0)).toList());
  }

  @Test
  void whoIsKnownInTheSourceAloneIsRankedItemsOfTheTaste() {
    assertThat(SparseReaders.right(fitted(data, user -> true), data)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void whoCameAfterTheTrainingIsPlacedByTheBooksThatTheGraphKnows() {
    GatedBridge bridge = SparseReaders.open(fitted(data, user -> true));
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
    SparseReaders.checkNothingOfTheHeldOut(this::fitted, data);
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
    SparseReaders.checkBinaryForm(fitted(data, user -> true), data);
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
