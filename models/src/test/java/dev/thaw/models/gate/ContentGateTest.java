package dev.thaw.models.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import org.junit.jupiter.api.Test;

class ContentGateTest {
  private static final ContentGate GATE = ContentGate.DEFAULT;
  private static final VectorSpace SPACE =
      new VectorSpace("factors.movies", "1", 2, Metric.INNER_PRODUCT);
  private static final Embedding PROJECTED = Embedding.copyOf(SPACE, new float[] {1, 0});
  private static final Embedding LEARNED = Embedding.copyOf(SPACE, new float[] {0, 2});

  @Test
  void gateNeverFallsAsInteractionsRise() {
    for (int n = 0; n < 600; n++) {
      assertThat(GATE.learnedWeight(n + 1)).isGreaterThanOrEqualTo(GATE.learnedWeight(n));
    }
  }

  @Test
  void newItemIsItsProjectedVectorAlone() {
    assertThat(GATE.learnedWeight(0)).isZero();
    assertThat(GATE.blend(0, PROJECTED, LEARNED)).isEqualTo(PROJECTED);
  }

  @Test
  void contentIsGoneFromFiveHundredOn() {
    assertThat(GATE.learnedWeight(499)).isLessThan(1);
    assertThat(GATE.learnedWeight(500)).isEqualTo(1);
    assertThat(GATE.blend(500, PROJECTED, LEARNED)).isEqualTo(LEARNED);
  }

  @Test
  void bothWeighTheSameAtFifty() {
    assertThat(GATE.learnedWeight(50)).isCloseTo(0.5, offset(1e-12));
    assertThat(GATE.blend(50, PROJECTED, LEARNED).toArray()).containsExactly(0.5f, 1f);
  }

  @Test
  void gateIsNearlySmoothAtItsEnds() {
    assertThat(GATE.learnedWeight(1)).isLessThan(0.01);
    assertThat(GATE.learnedWeight(499)).isGreaterThan(0.98);
  }

  @Test
  void blendMayOverwriteAnInput() {
    float[] projected = PROJECTED.toArray();
    GATE.blend(50, projected, LEARNED.toArray(), projected);
    assertThat(projected).containsExactly(0.5f, 1f);
  }

  @Test
  void otherSpacesAndLengthsAreRefused() {
    Embedding other =
        Embedding.copyOf(new VectorSpace("content", "1", 2, Metric.COSINE), new float[] {1, 0});
    assertThatThrownBy(() -> GATE.blend(10, other, LEARNED)).hasMessageContaining("content");
    assertThatThrownBy(() -> GATE.blend(1, new float[2], new float[3], new float[3]))
        .hasMessageContaining("projected 2, learned 3");
    assertThatThrownBy(() -> GATE.learnedWeight(-1)).hasMessageContaining("was -1");
    assertThatThrownBy(() -> new ContentGate(50, 2, 10)).hasMessageContaining("10");
  }
}
