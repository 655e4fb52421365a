package dev.thaw.featuredefinitions.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InnerProductTest {
  @Test
  void sumsTheFirstComponentsWhateverTheirNumber() {
    SplittableRandom random = new SplittableRandom(3);
    float[] a = new float[70];
    float[] b = new float[70];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextDouble(-1, 1);
      b[i] = (float) random.nextDouble(-1, 1);
    }
    double expected = 0;
    for (int d = 0; d <= a.length; d++) {
      assertThat((double) InnerProduct.of(a, b, d)).isCloseTo(expected, within(1e-5));
      expected += d < a.length ? (double) a[d] * b[d] : 0;
    }
  }

  @Test
  void aVectorThatIsTooShortIsAnError() {
    assertThatThrownBy(() -> InnerProduct.of(new float[3], new float[4], 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
