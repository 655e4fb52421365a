package dev.thaw.models.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SimpleRankersTest {
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");
  private static final ItemId C = new ItemId("c");

  /** a and b are liked together, c by others and by more. */
  private static Interactions data() {
    InteractionsBuilder data = Interactions.builder(new DomainId("d"));
    for (int u = 0; u < 4; u++) {
      data.add(new UserId("ab" + u), A, 5).add(new UserId("ab" + u), B, 5);
    }
    for (int u = 0; u < 6; u++) {
      data.add(new UserId("c" + u), C, 5);
    }
    return data.build();
  }

  private static History likes(ItemId... items) {
    return new History(
        items.length, Arrays.stream(items).map(i -> new History.Entry(i, 5, 0)).toList());
  }

  private static float[] scores(Ranker ranker, History history) {
    float[] out = new float[ranker.items().size()];
    ranker.score(history, out);
    return out;
  }

  @Test
  void withoutHistoryNaiveBayesIsPopularity() {
    float[] scores = scores(NaiveBayesRanker.fit(data(), 1), likes());
    assertThat(scores[2]).isGreaterThan(scores[1]);
    assertThat(scores[1]).isEqualTo((float) Math.log(5));
  }

  @Test
  void naiveBayesAddsTheShrunkenLogLift() {
    float[] scores = scores(NaiveBayesRanker.fit(data(), 2), likes(A));
    // 4 users have a and b, 4 * 4 / 10 expected; none has a and c, 4 * 6 / 10 expected
    assertThat(scores[1]).isCloseTo((float) (Math.log(5) + Math.log(6 / 3.6)), within(1e-5f));
    assertThat(scores[2]).isCloseTo((float) (Math.log(7) + Math.log(2 / 4.4)), within(1e-5f));
    assertThat(scores[1]).isGreaterThan(scores[2]);
  }

  @Test
  void muchShrinkageLeavesPopularityAlone() {
    float[] scores = scores(NaiveBayesRanker.fit(data(), 1e9), likes(A));
    assertThat(scores[2]).isCloseTo((float) Math.log(7), within(1e-4f));
  }

  @Test
  void cosineCountsCommonUsers() {
    float[] scores = scores(ItemCosineRanker.fit(data(), 10), likes(A));
    assertThat(scores).containsExactly(0, 1, 0);
  }

  @Test
  void itemsNobodyTrainedOnAreLeftOutOfTheHistory() {
    History unknown = likes(new ItemId("new"));
    assertThat(scores(ItemCosineRanker.fit(data(), 10), unknown)).containsOnly(0);
    assertThat(scores(NaiveBayesRanker.fit(data(), 1), unknown))
        .isEqualTo(scores(NaiveBayesRanker.fit(data(), 1), likes()));
  }
}
