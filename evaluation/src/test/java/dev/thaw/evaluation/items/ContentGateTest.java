package dev.thaw.evaluation.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class ContentGateTest {
  private static final ContentGate GATE = ContentGate.DEFAULT;
  private static final float[] PROJECTED = {1, 0};
  private static final float[] LEARNED = {0, 2};

  private static float[] blend(long interactions) {
    float[] out = new float[2];
    GATE.blend(interactions, PROJECTED, LEARNED, out);
    return out;
  }

  @Test
  void gateNeverFallsAsInteractionsRise() {
    for (int n = 0; n < 600; n++) {
      assertThat(GATE.learnedWeight(n + 1)).isGreaterThanOrEqualTo(GATE.learnedWeight(n));
    }
  }

  @Test
  void newItemIsItsProjectedVectorAlone() {
    assertThat(GATE.learnedWeight(0)).isZero();
    assertThat(blend(0)).isEqualTo(PROJECTED);
  }

  @Test
  void contentIsGoneFromFiveHundredOn() {
    assertThat(GATE.learnedWeight(499)).isLessThan(1);
    assertThat(GATE.learnedWeight(500)).isEqualTo(1);
    assertThat(blend(500)).isEqualTo(LEARNED);
  }

  @Test
  void bothWeighTheSameAtFifty() {
    assertThat(GATE.learnedWeight(50)).isCloseTo(0.5, offset(1e-12));
    assertThat(blend(50)).containsExactly(0.5f, 1f);
  }

  @Test
  void gateIsNearlySmoothAtItsEnds() {
    assertThat(GATE.learnedWeight(1)).isLessThan(0.01);
    assertThat(GATE.learnedWeight(499)).isGreaterThan(0.98);
  }

  @Test
  void blendMayOverwriteAnInput() {
    float[] projected = PROJECTED.clone();
    GATE.blend(50, projected, LEARNED, projected);
    assertThat(projected).containsExactly(0.5f, 1f);
  }

  @Test
  void otherLengthsAndParametersAreRefused() {
    assertThatThrownBy(() -> GATE.blend(1, new float[2], new float[3], new float[3]))
        .hasMessageContaining("projected 2, learned 3");
    assertThatThrownBy(() -> GATE.learnedWeight(-1)).hasMessageContaining("was -1");
    assertThatThrownBy(() -> new ContentGate(50, 2, 10)).hasMessageContaining("10");
  }
}
