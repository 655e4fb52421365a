package dev.thaw.models.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final History.Entry DONE = new History.Entry(ItemId.of("done"), 5, 7);
  private static final History.Entry SAID = new History.Entry(ItemId.of("said"), 4, 0);
  private static final History.Entry SAID_TOO = new History.Entry(ItemId.of("too"), 4, 0);

  private static final History BOTH = new History(9, List.of(DONE, SAID, SAID_TOO), 2);

  @Test
  void whatIsLeftKeepsWhatWasSaidInOnboarding() {
    assertThat(BOTH.only(entry -> !entry.equals(SAID)))
        .isEqualTo(new History(2, List.of(DONE, SAID_TOO), 1));
    assertThat(BOTH.only(DONE::equals)).isEqualTo(new History(1, List.of(DONE)));
  }

  @Test
  void mostOfItIsMoreThanHalf() {
    assertThat(BOTH.isMostlyAnswers()).isTrue();
    assertThat(BOTH.only(entry -> !entry.equals(SAID)).isMostlyAnswers()).isFalse();
    assertThat(History.EMPTY.isMostlyAnswers()).isFalse();
    assertThat(History.answered(List.of(SAID)).isMostlyAnswers()).isTrue();
  }

  @Test
  void noMoreIsSaidThanThereIs() {
    assertThatThrownBy(() -> new History(1, List.of(DONE), 2))
        .hasMessage("answers must be in [0, 1], were 2");
  }
}
