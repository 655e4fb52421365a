package dev.thaw.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.methods.RankingMethod.Role;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopularityThirdsTest {
  static ItemId item(int number) {
    return new ItemId("i%02d".formatted(number));
  }

  /** 12 items: one with 6 likes, two with 3, six with 1, three with none. */
  private static PopularityThirds thirds() {
    int[] likes = {6, 3, 3, 1, 1, 1, 1, 1, 1, 0, 0, 0};
    InteractionsBuilder data = Interactions.builder(new DomainId("movies"));
    for (int i = 0; i < likes.length; i++) {
      data.addItem(item(i));
      for (int u = 0; u < likes[i]; u++) {
        data.add(new UserId("u" + u), item(i), 5);
      }
    }
    return PopularityThirds.of(data.build());
  }

  @Test
  void eachThirdHasAThirdOfTheLikesAndTheTailWhatNobodyLikes() {
    assertThat(thirds().sizes()).containsExactly(1, 2, 9);
    assertThat(thirds().of(0)).isZero();
    assertThat(thirds().of(2)).isEqualTo(1);
    assertThat(thirds().of(11)).isEqualTo(2);
  }

  @Test
  void aListOfPopularItemsEarnsNothingInTheTailAndIsExposedInTheHead() {
    RankedUsers ranked =
        new RankedUsers(new Competitor("popularity", Role.BASELINE), List.of(new UserId("a")));
    float[] byLikes = {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    ranked.put(0, byLikes, new Asked(Set.of(), Set.of(0, 11)), null, thirds(), true);
    assertThat(ranked.thirdNdcg(0)).containsExactly(1);
    assertThat(ranked.thirdNdcg(1)).as("the user likes none of it").isEmpty();
    assertThat(ranked.thirdNdcg(2)).containsExactly(0);
    assertThat(ranked.thirdShown(0)[0]).isCloseTo(0.1, within(1e-12));
    assertThat(ranked.thirdShown(2)[0]).isCloseTo(0.7, within(1e-12));
  }
}
