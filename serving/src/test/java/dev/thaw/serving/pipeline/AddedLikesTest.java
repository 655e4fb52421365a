package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.RatingScale;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddedLikesTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");
  private static final ItemId C = ItemId.of("c");
  private static final History HISTORY = new History(3, List.of(new History.Entry(A, 2, 7)));

  private static OnboardingAnswer answer(ItemId item, Reply reply) {
    return new OnboardingAnswer(DomainId.of("movies"), item, reply);
  }

  private static List<ItemId> items(History history) {
    return history.entries().stream().map(History.Entry::item).toList();
  }

  @Test
  void whatWasSaidStandsBehindWhatWasDoneAndIsKnownAsSaid() {
    History told =
        AddedLikes.asOldest(
            HISTORY,
            List.of(answer(A, Reply.YES), answer(B, Reply.YES), answer(C, Reply.YES)),
            STARS);
    assertThat(items(told)).containsExactly(A, B, C);
    assertThat(told.answers()).isEqualTo(2);
    assertThat(told.interactions()).isEqualTo(5);
  }

  /** As held-out users are met and evaluation asks. */
  @Test
  void ofAnswersAloneItIsTheHistoryThatModelsAreChosenOn() {
    History told =
        AddedLikes.asOldest(
            History.EMPTY,
            List.of(answer(A, Reply.NO), answer(B, Reply.YES), answer(C, Reply.UNKNOWN)),
            STARS);
    assertThat(told)
        .isEqualTo(
            History.answered(List.of(new History.Entry(B, STARS.positive(), 0)), List.of(A, B, C)));
    assertThat(AddedLikes.asOldest(HISTORY, List.of(answer(B, Reply.NO)), STARS))
        .isEqualTo(new History(3, HISTORY.entries(), 0, List.of(B)));
  }

  @Test
  void whatIsDoneNowIsNoLongerOnlySaid() {
    History told =
        AddedLikes.asOldest(HISTORY, List.of(answer(B, Reply.YES), answer(C, Reply.YES)), STARS);
    History liked = AddedLikes.asNewest(told, List.of(C), STARS);
    assertThat(items(liked)).containsExactly(C, A, B);
    assertThat(liked.answers()).isEqualTo(1);
    assertThat(liked.asked()).containsExactly(B, C);
  }

  @Test
  void withoutAScaleNothingIsAdded() {
    assertThat(AddedLikes.asOldest(HISTORY, List.of(answer(B, Reply.YES)), null)).isSameAs(HISTORY);
    assertThat(AddedLikes.asNewest(HISTORY, List.of(B), null)).isSameAs(HISTORY);
  }
}
