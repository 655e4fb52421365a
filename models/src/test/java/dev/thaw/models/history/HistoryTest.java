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

  private static final List<ItemId> ASKED = List.of(SAID.item(), ItemId.of("no"), SAID_TOO.item());
  private static final History BOTH = new History(9, List.of(DONE, SAID, SAID_TOO), 2, ASKED);

  @Test
  void whatIsLeftKeepsWhatWasSaidInOnboarding() {
    assertThat(BOTH.only(entry -> !entry.equals(SAID)))
        .isEqualTo(new History(2, List.of(DONE, SAID_TOO), 1, ASKED));
    assertThat(BOTH.only(DONE::equals)).isEqualTo(new History(1, List.of(DONE), 0, ASKED));
  }

  @Test
  void mostOfItIsMoreThanHalf() {
    assertThat(BOTH.isMostlyAnswers()).isTrue();
    assertThat(BOTH.only(entry -> !entry.equals(SAID)).isMostlyAnswers()).isFalse();
    assertThat(History.EMPTY.isMostlyAnswers()).isFalse();
    assertThat(History.answered(List.of(SAID), ASKED).isMostlyAnswers()).isTrue();
    assertThat(History.answered(List.of(), ASKED).isMostlyAnswers()).as("likes none").isTrue();
    assertThat(new History(1, List.of(DONE), 0, ASKED).isMostlyAnswers()).isFalse();
  }

  @Test
  void noMoreIsSaidThanThereIs() {
    assertThatThrownBy(() -> new History(1, List.of(DONE), 2, ASKED))
        .hasMessage("answers must be in [0, 1], were 2");
    assertThatThrownBy(() -> History.answered(List.of(SAID), List.of(ItemId.of("no"))))
        .hasMessage("answered said must be among the items asked about, were [no]");
  }
}
