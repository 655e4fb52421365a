package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CollectiveBridgeTest {
  private static final GateDecision OPEN =
      new GateDecision(true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2);

  private final BridgeData data = SparseReaders.planted(300, 0, 5);

  private CollectiveBridge fitted(Predicate<UserId> known) {
    return new CollectiveBridgeTrainer(8, 1)
        .fit(
            data,
            Overlap.of(data, data.targetModel(), known),
            data.targetModel(),
            new SplittableRandom(1));
  }

  private float[] scores(Bridge bridge, History history) {
    float[] scores = new float[data.targetModel().items().size()];
    bridge.rank(history, data.sourceModel(), data.targetModel(), scores);
    return scores;
  }

  private int ofTaste(Predicate<UserId> known) {
    CollectiveBridge bridge = fitted(known);
    int right = 0;
    for (UserId user : data.source().users()) {
      if (user.value().startsWith("cold")) {
        History history = data.source().history(user);
        int best = TopItems.of(scores(bridge, history), 1, item -> true)[0];
        String taste = history.entries().get(0).item().value().substring(1, 2);
        right += data.targetModel().items().get(best).value().startsWith("m" + taste) ? 1 : 0;
      }
    }
    return right;
  }

  @Test
  void whoIsKnownInTheSourceAloneIsRankedItemsOfTheTaste() {
    assertThat(ofTaste(user -> true)).as("of 30").isGreaterThanOrEqualTo(27);
  }

  @Test
  void whatTheOverlapUsersHeldOutLikeIsNotLearned() {
    assertThat(ofTaste(user -> false)).as("of 30, by chance").isLessThanOrEqualTo(15);
  }

  @Test
  void aHistoryWithoutKnownLikesIsNotMapped() {
    GatedBridge bridge = new GatedBridge(fitted(user -> true), OPEN);
    History disliked =
        new History(1, List.of(new History.Entry(data.source().items().get(0), 1, 0)));
    History unknown = new History(1, List.of(new History.Entry(new ItemId("new"), 5, 0)));
    assertThat(bridge.map(disliked, data.sourceModel())).isEmpty();
    assertThat(bridge.map(unknown, data.sourceModel())).isEmpty();
    assertThat(bridge.map(data.source().history(0), data.sourceModel())).isPresent();
  }

  @Test
  void theGateMayChooseItWhereItIsAskedFor() {
    GatedBridge with = new BridgeTrainer().withCollective().fit(data, new SplittableRandom(4));
    GatedBridge without = new BridgeTrainer().fit(data, new SplittableRandom(4));
    assertThat(with.bridge().name()).isEqualTo(CollectiveBridge.NAME);
    assertThat(with.decision().bridged()).isGreaterThan(without.decision().bridged());
  }

  @Test
  void theBinaryFormRanksAlikeAndADamagedOneIsRefused() {
    GatedBridge bridge = new GatedBridge(fitted(user -> true), OPEN);
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
                    new BinaryReader("bridge", Arrays.copyOf(bytes, bytes.length - 3))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
