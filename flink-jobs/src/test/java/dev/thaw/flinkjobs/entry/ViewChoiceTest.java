package dev.thaw.flinkjobs.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.userfeatures.UserFeatures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewChoiceTest {
  private static final List<String> VIEWS = UserFeatures.views(FeatureDefinitions.shipped());

  @Test
  void allThatAreDeclaredForTheJobUnlessSomeAreChosen() {
    assertThat(VIEWS)
        .containsExactly("user_activity", "user_domain_activity", "user_history")
        .isEqualTo(ViewChoice.ALL.among(VIEWS));
    assertThat(ViewChoice.only("user_history").among(VIEWS)).containsExactly("user_history");
    assertThat(ViewChoice.without("user_history").among(VIEWS))
        .containsExactly("user_activity", "user_domain_activity");
  }

  @Test
  void aJobOfSomeViewsHasANameOfItsOwnInWhateverOrderTheyAreNamed() {
    assertThat(ViewChoice.only("user_history", "user_activity").jobName("user-features"))
        .isEqualTo(ViewChoice.only("user_activity", "user_history").jobName("user-features"))
        .isEqualTo("user-features.user_activity.user_history");
    assertThat(ViewChoice.without("user_history").jobName("user-features"))
        .as("it goes on from the state of all")
        .isEqualTo("user-features");
  }

  @Test
  void whatIsNotThereOrLeavesNothingIsNamed() {
    assertThatThrownBy(() -> ViewChoice.only("user_factors").among(VIEWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--views must be among " + VIEWS + ", was \"user_factors\"");
    assertThatThrownBy(() -> ViewChoice.without("").among(VIEWS))
        .hasMessage("--without must be among " + VIEWS + ", was \"\"");
    assertThatThrownBy(() -> new ViewChoice(List.of(), VIEWS).among(VIEWS))
        .hasMessageContaining("must leave one of " + VIEWS);
    assertThatThrownBy(() -> new ViewChoice(List.of("a"), List.of("b")))
        .hasMessage("--views and --without must not be given together, were [a] and [b]");
  }
}
