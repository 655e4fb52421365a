package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.NearestArms.Near;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NeighbourPriorsTest {
  private static final double BASE = 0.05;
  private static final NeighbourPriors PRIORS =
      new NeighbourPriors(2, 100, 10, 10, new RelatedPriors(20, 200));

  private static ItemId id(String name) {
    return ItemId.of(name);
  }

  /** Two components are compared, the third is a bias. */
  private static NearestArms arms() {
    return NearestArms.of(
        2,
        new TreeMap<>(
            Map.of(
                id("a"), new float[] {2, 0, 9},
                id("b"), new float[] {1, 1, 9},
                id("c"), new float[] {5, 0, -9},
                id("d"), new float[] {-1, 0, 9},
                id("zero"), new float[] {0, 0, 9})));
  }

  @Test
  void theNearestPointTheSameWayWhateverTheirLengthAndBias() {
    float[] east = {0.1f, 0, 3};
    assertThat(arms().of(id("new"), east, 5))
        .as("none that points away, or nowhere")
        .extracting(each -> each.arm().value())
        .containsExactly("a", "c", "b");
    assertThat(arms().of(id("new"), east, 5))
        .extracting(each -> (double) each.similarity())
        .satisfies(
            similarities -> {
              assertThat(similarities.get(0)).isEqualTo(1);
              assertThat(similarities.get(2)).isCloseTo(Math.sqrt(0.5), within(1e-6));
            });
    assertThat(arms().of(id("new"), east, 1)).extracting(Near::arm).containsExactly(id("a"));
    assertThat(arms().of(id("new"), new float[] {0, 0, 1}, 5)).isEmpty();
  }

  @Test
  void armsThatComeLaterTakeTheirPlacesAmongThoseThatAreKnown() {
    float[] east = {0.1f, 0, 3};
    NearestArms more =
        NearestArms.of(
            2,
            new TreeMap<>(
                Map.of(id("aa"), new float[] {4, 0, 0}, id("bb"), new float[] {1, 3, 0})));
    assertThat(more.with(arms().of(id("new"), east, 4), id("new"), east, 4))
        .extracting(each -> each.arm().value())
        .containsExactly("a", "aa", "c", "b");
  }

  @Test
  void anItemIsNoNeighbourOfItsOwn() {
    assertThat(arms().of(id("a"), new float[] {2, 0, 9}, 5))
        .extracting(Near::arm)
        .containsExactly(id("c"), id("b"));
  }

  @Test
  void neighboursMoveTheRateAsFarAsTheirImpressionsReach() {
    Map<ItemId, ArmEvidence> earned =
        Map.of(
            id("a"), new ArmEvidence(40, 8),
            id("b"), new ArmEvidence(20, 10),
            id("far"), new ArmEvidence(9_000, 9_000));
    List<Near> near =
        List.of(new Near(id("a"), 1), new Near(id("b"), 0.5f), new Near(id("far"), 0.4f));
    Assumed assumed = PRIORS.of(BASE, near, earned::get).orElseThrow();
    // 40 x 1 and 20 x 0.5 impressions; the third is no longer of the two nearest
    assertThat(assumed.earned()).isEqualTo(new ArmEvidence(50, 13));
    assertThat(assumed.rate()).isCloseTo((20 * BASE + 13) / (20 + 50), within(1e-12));
    assertThat(assumed.neighbours()).containsExactly(id("a"), id("b"));
  }

  @Test
  void aMillionImpressionsCountAsTwoHundred() {
    List<Near> near = List.of(new Near(id("a"), 1));
    Assumed assumed =
        PRIORS.of(BASE, near, item -> new ArmEvidence(1_000_000, 500_000)).orElseThrow();
    assertThat(assumed.rate()).isCloseTo((20 * BASE + 100) / 220, within(1e-12));
  }

  @Test
  void neighboursThatWereNeverShownTellNothing() {
    List<Near> near = List.of(new Near(id("a"), 1), new Near(id("b"), 1));
    assertThat(PRIORS.of(BASE, near, item -> ArmEvidence.NONE)).isEmpty();
    assertThat(PRIORS.of(BASE, List.of(), item -> new ArmEvidence(5, 5))).isEmpty();
    Assumed one =
        PRIORS
            .of(
                BASE,
                near,
                item -> item.equals(id("b")) ? new ArmEvidence(10, 1) : ArmEvidence.NONE)
            .orElseThrow();
    assertThat(one.neighbours()).containsExactly(id("b"));
  }

  @Test
  void anArmIsJudgedByNeighboursUntilItHasShownItself() {
    assertThat(PRIORS.concerns(ArmEvidence.NONE)).isTrue();
    assertThat(PRIORS.concerns(new ArmEvidence(99.5, 0))).isTrue();
    assertThat(PRIORS.concerns(new ArmEvidence(100, 0))).isFalse();
  }

  @Test
  void whatCanNotBeIsNamedWithItsBound() {
    RelatedPriors related = PRIORS.related();
    assertThatThrownBy(() -> new NeighbourPriors(0, 1, 10, 10, related))
        .hasMessage("nearest must be in [1, 1000], was 0");
    assertThatThrownBy(() -> new NeighbourPriors(5, Double.NaN, 10, 10, related))
        .hasMessage("few must be > 0, was NaN");
    assertThatThrownBy(() -> new NeighbourPriors(5, 1, 4, 10, related))
        .hasMessage("arms must be >= 5 and items >= 1, were 4 and 10");
    assertThatThrownBy(() -> NearestArms.of(0, new TreeMap<>()))
        .hasMessage("dimension must be >= 1, was 0");
  }
}
