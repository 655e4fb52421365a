package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PopularityListTest {
  private static final PopularityList STREAM =
      new PopularityList(List.of("b", "d"), new double[] {2, 1});
  private static final PopularityList TRAINED =
      new PopularityList(List.of("a", "b", "c"), new double[] {90, 80, 70});

  @Test
  void whatTheStreamHasCountedComesFirstAndTheRestIsTheTrainings() {
    assertThat(STREAM.before(TRAINED))
        .isEqualTo(new PopularityList(List.of("b", "d", "a", "c"), new double[] {2, 1, 90, 70}));
    assertThat(PopularityList.EMPTY.before(TRAINED)).isEqualTo(TRAINED);
    assertThat(STREAM.before(PopularityList.EMPTY)).isEqualTo(STREAM);
  }

  @Test
  void theTopIsTheFirstOfThem() {
    assertThat(TRAINED.top(2))
        .isEqualTo(new PopularityList(List.of("a", "b"), new double[] {90, 80}));
    assertThat(TRAINED.top(9)).isEqualTo(TRAINED);
  }
}
