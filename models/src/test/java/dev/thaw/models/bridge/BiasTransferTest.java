package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BiasTransferTest {
  @Test
  void theSlopeOfPlantedBiasesIsFound() {
    SplittableRandom random = new SplittableRandom(2);
    int users = 500;
    double[] source = new double[users];
    double[] target = new double[users];
    int[] ratings = new int[users];
    for (int u = 0; u < users; u++) {
      source[u] = random.nextGaussian();
      ratings[u] = 1 + random.nextInt(30);
      for (int n = 0; n < ratings[u]; n++) {
        target[u] += 0.6 * source[u] + 0.8 * random.nextGaussian();
      }
    }
    assertThat(BiasTransfer.fit(source, target, ratings).slope()).isCloseTo(0.6, within(0.03));
  }

  @Test
  void aUserOfManyRatingsCountsByAllOfThem() {
    double slope =
        BiasTransfer.fit(new double[] {1, 1}, new double[] {100, 0}, new int[] {100, 1}).slope();
    assertThat(slope).isCloseTo(1, within(0.07));
  }

  @Test
  void fewUsersTransferLittle() {
    assertThat(BiasTransfer.fit(new double[] {1}, new double[] {1}, new int[] {1}).slope())
        .isCloseTo(1.0 / 6, within(1e-9));
    assertThat(BiasTransfer.fit(new double[0], new double[0], new int[0]).slope()).isZero();
  }
}
