package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplersTest {
  private static final int DRAWS = 200_000;

  /** Largest distance of empirical and true distribution function; 1.95 / sqrt(n) at 0.1 %. */
  private static double distance(double[] sample, DoubleUnaryOperator cdf) {
    Arrays.sort(sample);
    double largest = 0;
    for (int i = 0; i < sample.length; i++) {
      double f = cdf.applyAsDouble(sample[i]);
      largest =
          Math.max(
              largest, Math.max(f - (double) i / sample.length, (i + 1.0) / sample.length - f));
    }
    return largest;
  }

  @Test
  void zigguratIsNormal() {
    SplittableRandom random = new SplittableRandom(1);
    double[] sample = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      sample[i] = Ziggurat.normal(random.nextLong(), random);
    }
    assertThat(distance(sample, SamplersTest::normalCdf)).isLessThan(1.95 / Math.sqrt(DRAWS));
    for (int sign : new int[] {-1, 1}) {
      assertThat(Arrays.stream(sample).filter(z -> sign * z > 3.7).count())
          .as("the tail beyond the last layer, expected 22")
          .isBetween(8L, 40L);
    }
  }

  /** Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
  private static double normalCdf(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double poly =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double upper = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) * poly;
    return x < 0 ? upper : 1 - upper;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,19", "2,38", "7,3", "40,400", "1,1000"})
  void betaOfWholeShapesHasItsDistribution(int alpha, int beta) {
    GammaSampler gammas = new GammaSampler(2);
    gammas.set(0, alpha);
    gammas.set(1, beta);
    SplittableRandom random = new SplittableRandom(31L * alpha + beta);
    double[] sample = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      double x = gammas.draw(0, random);
      sample[i] = x / (x + gammas.draw(1, random));
    }
    assertThat(distance(sample, x -> betaCdf(x, alpha, beta))).isLessThan(1.95 / Math.sqrt(DRAWS));
  }

  /** P(Beta(a, b) <= x) = P(Binomial(a + b - 1, x) >= a). */
  private static double betaCdf(double x, int a, int b) {
    int n = a + b - 1;
    double odds = Math.log(x) - Math.log1p(-x);
    double term = n * Math.log1p(-x);
    double below = 0;
    for (int k = 0; k < a; k++) {
      below += Math.exp(term);
      term += odds + Math.log((double) (n - k) / (k + 1));
    }
    return 1 - below;
  }

  @ParameterizedTest
  @CsvSource({"0.05", "0.3", "0.99", "1.0", "3.7", "250.5"})
  void gammaHasItsMeanAndVariance(double shape) {
    GammaSampler gammas = new GammaSampler(1);
    gammas.set(0, shape);
    SplittableRandom random = new SplittableRandom(9);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = gammas.draw(0, random);
      sum += x;
      squares += (x - shape) * (x - shape);
    }
    double meanError = Math.sqrt(shape / DRAWS);
    double varianceError = Math.sqrt((2 * shape * shape + 6 * shape) / DRAWS);
    assertThat(Math.abs(sum / DRAWS - shape)).isLessThan(4 * meanError);
    assertThat(Math.abs(squares / DRAWS - shape)).isLessThan(4 * varianceError);
  }
}
