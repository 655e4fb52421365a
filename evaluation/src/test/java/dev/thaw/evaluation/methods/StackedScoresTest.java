package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackedScoresTest {
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private static float[] stacked(float[]... parts) {
    float[] out = new float[parts[0].length];
    List<SourceScores> scores =
        java.util.Arrays.stream(parts)
            .<SourceScores>map(part -> (history, into) -> System.arraycopy(part, 0, into, 0, 3))
            .toList();
    new StackedScores(scores).score(History.EMPTY, out);
    return out;
  }

  @Test
  void scaleAndOffsetOfAPartMakeNoDifference() {
    float[] once = stacked(new float[] {1, 2, 4}, new float[] {0, 5, 1});
    float[] scaled = stacked(new float[] {107, 207, 407}, new float[] {0, 5, 1});
    for (int i = 0; i < once.length; i++) {
      assertThat(scaled[i]).isCloseTo(once[i], within(1e-5f));
    }
    assertThat(once[1]).isGreaterThan(once[0]);
  }

  @Test
  void aPartThatScoresAllAlikeAddsNothing() {
    assertThat(stacked(new float[] {1, 2, 4}, new float[] {3, 3, 3}))
        .containsExactly(stacked(new float[] {1, 2, 4}));
  }

  @Test
  void likedItemsStandTwice() {
    ItemId liked = new ItemId("a");
    ItemId met = new ItemId("b");
    Interactions ratings =
        Interactions.builder(new DomainId("books"))
            .add(new UserId("u"), liked, 5)
            .add(new UserId("u"), met, 2)
            .build();
    Interactions doubled = WithLikes.of(new SourceDomain(ratings, SCALE));
    assertThat(doubled.items().all()).containsExactlyInAnyOrder(liked, met, new ItemId("liked/a"));
    assertThat(WithLikes.of(ratings.history(0), SCALE).entries())
        .extracting(History.Entry::item)
        .containsExactlyInAnyOrder(liked, met, new ItemId("liked/a"));
  }
}
