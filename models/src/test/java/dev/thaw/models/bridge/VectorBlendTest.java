package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.factors.UserVector;
import org.junit.jupiter.api.Test;

class VectorBlendTest {
  private static final UserVector OWN = UserVector.copyOf(new float[] {2, 0}, 1);
  private static final UserVector MAPPED = UserVector.copyOf(new float[] {0, 8}, 0);

  @Test
  void asManyInteractionsAsTheTrustWeighAsMuchWhateverTheLengths() {
    UserVector blend = VectorBlend.of(OWN, 4, MAPPED, 4);
    assertThat(blend.get(0)).isEqualTo(blend.get(1));
    assertThat(Math.hypot(2.5, 2.5)).isEqualTo(Math.hypot(blend.get(0), blend.get(1)));
    assertThat(blend.bias()).isEqualTo(0.5);
  }

  @Test
  void theOwnVectorTakesOver() {
    double before = 0;
    for (int interactions : new int[] {1, 3, 20, 1_000}) {
      UserVector blend = VectorBlend.of(OWN, interactions, MAPPED, 2);
      double own = Math.atan2(blend.get(0), blend.get(1));
      assertThat(own).isGreaterThan(before);
      before = own;
    }
    assertThat(before).isCloseTo(Math.PI / 2, within(0.01));
  }

  @Test
  void noTrustOrAVectorOfZerosLeavesTheOther() {
    UserVector nothing = UserVector.copyOf(new float[2], 0);
    assertThat(VectorBlend.of(OWN, 1, MAPPED, 0)).isEqualTo(OWN);
    assertThat(VectorBlend.of(OWN, 1, nothing, 3)).isEqualTo(OWN);
    assertThat(VectorBlend.of(nothing, 1, MAPPED, 3)).isEqualTo(MAPPED);
    assertThatThrownBy(() -> VectorBlend.of(OWN, 1, UserVector.copyOf(new float[3], 0), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 3");
  }
}
