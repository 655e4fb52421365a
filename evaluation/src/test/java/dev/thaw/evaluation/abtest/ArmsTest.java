package dev.thaw.evaluation.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArmsTest {
  private static final Map<String, Long> LOG = Map.of("c1", 5L, "c2", 9L, "c3", 5L);

  private static List<String> names(Arms arms) {
    return arms.all().stream().map(Arm::name).toList();
  }

  private static Arms arms(List<String> named, Map<String, Double> shares) {
    return Arms.of(named, shares, Optional.empty(), LOG);
  }

  @Test
  void versionsAreArmsAndTheMostFrequentIsTheControl() {
    Arms arms = arms(List.of(), Map.of());
    assertThat(names(arms)).containsExactly("c2", "c1", "c3");
    assertThat(arms.all().get(0).share()).isEqualTo(1.0 / 3);
    assertThat(names(Arms.of(List.of(), Map.of(), Optional.of("c3"), LOG)))
        .containsExactly("c3", "c2", "c1");
  }

  @Test
  void namedArmsMayHaveSeveralVersionsAndSharesOfTheirOwn() {
    Arms arms = arms(List.of("A=c1", "B=c2", "A=c3"), Map.of("B", 0.25, "A", 0.75));
    assertThat(names(arms)).containsExactly("A", "B");
    assertThat(arms.all().get(0).versions()).isEqualTo(Set.of("c1", "c3"));
    assertThat(arms.all().get(0).share()).isEqualTo(0.75);
    assertThat(arms.of("c3")).hasValue(0);
    assertThat(arms.of("c4")).isEmpty();
  }

  @Test
  void whatIsOfNoArmIsRefused() {
    assertThatThrownBy(() -> arms(List.of("A=c1", "B=c9"), Map.of()))
        .hasMessage("version of --arm B must be one of [c1, c2, c3], was \"c9\"");
    assertThatThrownBy(() -> Arms.of(List.of(), Map.of(), Optional.of("c9"), LOG))
        .hasMessageContaining("--control must be one of [c1, c2, c3]");
    assertThatThrownBy(() -> arms(List.of("A"), Map.of())).hasMessageContaining("NAME=VERSION");
    assertThatThrownBy(() -> arms(List.of("A=c1", "B=c1"), Map.of()))
        .hasMessageContaining("c1 was of two");
    assertThatThrownBy(() -> arms(List.of("A=c1"), Map.of()))
        .hasMessageContaining("at least 2 arms, were [A]");
  }

  @Test
  void sharesMustBeOfAllArmsAndAddToOne() {
    List<String> both = List.of("A=c1", "B=c2");
    assertThatThrownBy(() -> arms(both, Map.of("A", 0.5, "B", 0.4)))
        .hasMessageContaining("must add to 1, added to 0.9");
    assertThatThrownBy(() -> arms(both, Map.of("A", 1.0)))
        .hasMessageContaining("--shares must name the arms [A, B], named [A]");
    assertThatThrownBy(() -> arms(both, Map.of("A", 1.5, "B", -0.5)))
        .hasMessageContaining("share of arm A must be in (0, 1), was 1.5");
  }
}
