package dev.thaw.models.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarkovChainTest {
  private static final MarkovChain CHAIN = chain();

  /** Five users go from a to b, one from a to c; everybody has liked two films. */
  private static MarkovChain chain() {
    InteractionsBuilder all = Interactions.builder(DomainId.of("films"));
    for (int user = 0; user < 6; user++) {
      all.add(UserId.of("u" + user), ItemId.of("a"), 5, 1);
      all.add(UserId.of("u" + user), ItemId.of(user == 0 ? "c" : "b"), 5, 2);
    }
    return MarkovChain.of(
        LikedSequences.of(all.build(), new RatingScale(1, 5, 4), new SplittableRandom(1)));
  }

  private static float[] scores(History history) {
    float[] scores = new float[3];
    CHAIN.score(history, scores);
    return scores;
  }

  @Test
  void whatFollowedTheNewestLikeIsCountedAndShrunkTowardsPopularity() {
    History history =
        new History(
            2,
            List.of(
                new History.Entry(ItemId.of("a"), 5, 9), new History.Entry(ItemId.of("c"), 5, 8)));
    assertThat(scores(history))
        .containsExactly(
            new float[] {10f / 16 * 6 / 12, (5 + 10f * 5 / 12) / 16, (1 + 10f / 12) / 16},
            within(1e-6f));
  }

  @Test
  void withoutALikeThatItKnowsItIsPopularity() {
    assertThat(scores(History.EMPTY))
        .containsExactly(new float[] {6 / 12f, 5 / 12f, 1 / 12f}, within(1e-6f));
  }
}
