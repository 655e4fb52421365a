package dev.thaw.featuredefinitions.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EligibleArmsTest {
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");
  private static final ItemId C = ItemId.of("c");

  @Test
  void theLastOnesAreThoseNothingIsKnownOf() {
    EligibleArms marked = new EligibleArms(List.of(A, B, C), 1);
    assertThat(marked.ranked()).containsExactly(A, B);
    assertThat(marked.unknown()).containsExactly(C);
  }

  @Test
  void anUnmarkedLogSaysNothingOfThem() {
    EligibleArms unmarked = EligibleArms.unmarked(List.of(A, B));
    assertThat(unmarked.isMarked()).isFalse();
    assertThat(unmarked.ranked()).containsExactly(A, B);
    assertThat(unmarked.unknown()).isEmpty();
    assertThat(new EligibleArms(List.of(A, B), 0).isMarked()).isTrue();
  }

  @Test
  void thereAreNoMoreOfThemThanArmsNorMoreArmsThanALogHolds() {
    assertThatThrownBy(() -> new EligibleArms(List.of(A, B), 3))
        .hasMessage("newcomers must be in [0, 2], were 3");
    assertThatThrownBy(() -> new EligibleArms(List.of(A), -1))
        .hasMessage("newcomers must be in [0, 1], were -1");
    List<ItemId> many = Collections.nCopies(501, A);
    assertThatThrownBy(() -> EligibleArms.unmarked(many))
        .hasMessage("eligible set must have at most 500 arms, had 501");
  }
}
