package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CollectiveBridgeTest {
  private final BridgeData data = SparseReaders.planted(300, 0, 5);

  private CollectiveBridge fitted(BridgeData from, Predicate<UserId> known) {
    return new CollectiveBridgeTrainer(8, 1)
        .fit(
            from,
            Overlap.of(from, from.targetModel(), known),
            from.targetModel(),
            new SplittableRandom(1));
  }

  @Test
  void whoIsKnownInTheSourceAloneIsRankedItemsOfTheTaste() {
    assertThat(SparseReaders.right(fitted(data, user -> true), data)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void whatTheOverlapUsersHeldOutLikeIsNotLearned() {
    assertThat(SparseReaders.right(fitted(data, user -> false), data))
        .as("a quarter by chance")
        .isLessThanOrEqualTo(0.5);
  }

  @Test
  void whatTheUsersHeldOutDidInTheTargetChangesNothing() {
    SparseReaders.checkNothingOfTheHeldOut(this::fitted, data);
  }

  @Test
  void aHistoryWithoutKnownLikesIsNotMapped() {
    GatedBridge bridge = SparseReaders.open(fitted(data, user -> true));
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
    SparseReaders.checkBinaryForm(fitted(data, user -> true), data);
  }
}
