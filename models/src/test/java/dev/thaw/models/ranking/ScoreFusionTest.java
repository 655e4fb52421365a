package dev.thaw.models.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreFusionTest {
  private static List<String> order(ScoreFusion<String> fusion) {
    return fusion.best().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void scoresOfListsOnAnyScalesAddUpStandardised() {
    // both lists: mean 2 and 200, deviation sqrt(2/3) and 100 sqrt(2/3)
    ScoreFusion<String> fusion =
        new ScoreFusion<String>()
            .add(List.of("a", "b", "c"), new double[] {3, 2, 1})
            .add(List.of("b", "a", "d"), new double[] {300, 200, 100});
    double deviation = Math.sqrt(2.0 / 3);
    List<Map.Entry<String, Double>> best = fusion.best();
    assertThat(order(fusion)).containsExactly("a", "b", "c", "d");
    assertThat(best.get(0).getValue()).isCloseTo(3 / deviation, Offset.offset(1e-12));
    assertThat(best.get(1).getValue()).isCloseTo(3 / deviation, Offset.offset(1e-12));
    assertThat(best.get(3).getValue()).isZero();
  }

  @Test
  void anItemOfOneListCountsWithTheLowestScoreOfTheOther() {
    ScoreFusion<String> fusion =
        new ScoreFusion<String>()
            .add(List.of("top of one", "in both", "last"), new double[] {10, 9, 0})
            .add(List.of("in both", "other", "last"), new double[] {10, 9, 0});
    assertThat(order(fusion).get(0)).isEqualTo("in both");
    assertThat(order(fusion)).last().isEqualTo("last");
  }

  @Test
  void aListWhoseScoresAreAllAlikeChangesNoOrder() {
    ScoreFusion<String> fusion =
        new ScoreFusion<String>()
            .add(List.of("a", "b"), new double[] {2, 1})
            .add(List.of("b", "c"), new double[] {7, 7});
    assertThat(order(fusion)).containsExactly("a", "b", "c");
  }

  @Test
  void aListOfLittleWeightOrdersOnlyWhatTheOtherHasNoOrderFor() {
    List<String> one = List.of("a", "b", "c");
    List<String> other = List.of("c", "b", "a");
    assertThat(
            order(
                new ScoreFusion<String>()
                    .add(one, new double[] {3, 1, 1})
                    .add(other, new double[] {3, 2, 1}, 0.1)))
        .containsExactly("a", "c", "b");
    assertThat(
            order(
                new ScoreFusion<String>()
                    .add(one, new double[] {3, 1, 1})
                    .add(other, new double[] {3, 2, 1}, 10)))
        .containsExactly("c", "b", "a");
  }

  @Test
  void whatIsKnownFromElsewhereWeighsLessTheMoreIsKnownHere() {
    assertThat(ScoreFusion.weightBeside(0)).isEqualTo(ScoreFusion.weightBeside(1)).isEqualTo(1);
    assertThat(ScoreFusion.weightBeside(4)).isEqualTo(0.5);
  }

  @Test
  void everyItemNeedsAScore() {
    assertThatThrownBy(() -> new ScoreFusion<String>().add(List.of("a"), new double[] {1, 2}))
        .hasMessage("every item needs one score, were 1 and 2");
  }
}
