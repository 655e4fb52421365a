package dev.thaw.models.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.models.diversity.DiversityRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionChooserTest {
  private static List<String> first(String item) {
    return List.of(item.substring(0, 1));
  }

  @Test
  void noCategoryFillsMoreThanAQuarterWhereOthersAreKnown() {
    List<String> known = List.of("a1", "a2", "a3", "b1", "a4", "c1", "b2", "d1");
    assertThat(QuestionChooser.DEFAULT.choose(known, QuestionChooserTest::first, 4))
        .containsExactly("a1", "b1", "c1", "d1");
    assertThat(QuestionChooser.DEFAULT.choose(known, QuestionChooserTest::first, 1))
        .containsExactly("a1");
  }

  @Test
  void oneCategoryAloneIsStillAskedAbout() {
    assertThat(
            QuestionChooser.DEFAULT.choose(
                List.of("a1", "a2", "a3"), QuestionChooserTest::first, 5))
        .containsExactly("a1", "a2", "a3");
  }

  @Test
  void whatFewKnowIsNeverAskedAbout() {
    QuestionChooser chooser = new QuestionChooser(2, DiversityRule.none());
    assertThat(chooser.choose(List.of("a", "b", "c"), QuestionChooserTest::first, 3))
        .containsExactly("a", "b");
    assertThatThrownBy(() -> new QuestionChooser(0, DiversityRule.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 0");
  }
}
