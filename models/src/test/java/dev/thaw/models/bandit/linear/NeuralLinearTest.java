package dev.thaw.models.bandit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import dev.thaw.models.bandit.UniformFloor;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NeuralLinearTest {
  private static final NormalInverseGammaPrior PRIOR =
      new NormalInverseGammaPrior(new LinearPrior(2, 0.25), 6, 6);
  private static final List<Arm> TWO =
      List.of(
          new Arm(ItemId.of("i0"), new BetaPrior(1, 1)),
          new Arm(ItemId.of("i1"), new BetaPrior(1, 1)));
  private static final float[][] X = {{1, 0}, {0.2f, 1}, {-1, 0.5f}, {0.3f, 0.3f}};
  private static final double[] R = {1, 0.2, 0, 0.6};

  @Test
  void posteriorIsThatOfThePaper() {
    NormalInverseGamma statistics = new NormalInverseGamma(PRIOR, Fading.NONE);
    SimpleMatrix a = SimpleMatrix.identity(2).scale(0.25);
    SimpleMatrix b = new SimpleMatrix(2, 1);
    double squares = 0;
    for (int i = 0; i < X.length; i++) {
      statistics.observe(Features.wide(X[i]), R[i], 0);
      SimpleMatrix x = new SimpleMatrix(2, 1, true, Features.wide(X[i]));
      a = a.plus(x.mult(x.transpose()));
      b = b.plus(x.scale(R[i]));
      squares += R[i] * R[i];
    }
    SimpleMatrix mu = a.invert().mult(b);
    double shape = 6 + 2;
    double scale = 6 + (squares - mu.transpose().mult(a).mult(mu).get(0)) / 2;
    NormalInverseGammaPosterior posterior = statistics.posterior(0);
    double[] x = {0.7, -0.4};
    SimpleMatrix column = new SimpleMatrix(2, 1, true, x);
    double width = Math.sqrt(column.transpose().mult(a.invert()).mult(column).get(0));
    assertThat(posterior.mean(x)).isCloseTo(mu.dot(column), offset(1e-12));
    assertThat(posterior.width(x)).isCloseTo(width, offset(1e-12));

    // moments of draws: sigma^2 has mean b / (a - 1), the score that times width^2
    SplittableRandom random = new SplittableRandom(51);
    int n = 100_000;
    double noise = 0;
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double sigma = posterior.noise(random);
      noise += sigma * sigma / n;
      double[] theta = posterior.weights(random);
      double score = theta[0] * x[0] + theta[1] * x[1];
      mean += score / n;
      variance += (score - mu.dot(column)) * (score - mu.dot(column)) / n;
    }
    assertThat(noise).isCloseTo(scale / (shape - 1), offset(0.01 * noise));
    assertThat(mean).isCloseTo(mu.dot(column), offset(4 * Math.sqrt(variance / n)));
    assertThat(variance).isCloseTo(scale / (shape - 1) * width * width, offset(0.03 * variance));
  }

  @Test
  void oneRegressionSpeaksOfArmsNeverShownAndOneAnArmDoesNot() {
    NeuralLinearLearner shared = NeuralLinearLearner.shared(PRIOR, arm -> true, Fading.NONE);
    NeuralLinearLearner each = NeuralLinearLearner.eachArm(PRIOR, arm -> true, Fading.NONE);
    for (int i = 0; i < 300; i++) {
      for (NeuralLinearLearner learner : List.of(shared, each)) {
        learner.observe(ItemId.of("i0"), new float[] {1, 0}, 0, 0);
        learner.observe(ItemId.of("other"), new float[] {0, 1}, 1, 0);
      }
    }
    Contexts contexts = Contexts.each(new float[][] {{1, 0}, {0, 1}});
    NeuralLinear policy = new NeuralLinear(500, 0.01);
    double[] q =
        policy.probabilities(
            new Decision<>(shared.snapshot("v", 0), TWO, contexts, 0), new SplittableRandom(52));
    assertThat(q[1]).isEqualTo(0.995);
    double[] alone =
        policy.probabilities(
            new Decision<>(each.snapshot("v", 0), TWO, contexts, 0), new SplittableRandom(53));
    assertThat(alone[1]).isCloseTo(0.5, offset(0.1));
  }

  @Test
  void armsThatLookAlikeHaveTheSameChance() {
    NeuralLinearLearner learner = NeuralLinearLearner.shared(PRIOR, arm -> true, Fading.NONE);
    double[] q =
        new NeuralLinear(4_000, 0.01)
            .probabilities(
                new Decision<>(
                    learner.snapshot("v", 0), TWO, Contexts.shared(new float[] {1, 1}), 0),
                new SplittableRandom(54));
    assertThat(q[0]).isCloseTo(0.5, offset(0.04));
  }

  @Test
  void noiseIsNeverLessThanAssumed() {
    NormalInverseGamma statistics = new NormalInverseGamma(PRIOR, Fading.NONE);
    for (int i = 0; i < 1_000; i++) {
      statistics.observe(new double[] {1, 1e-3}, 1e6, 0);
    }
    double sigma = statistics.posterior(0).noise(new SplittableRandom(55));
    assertThat(sigma).isPositive().isFinite();
  }

  @Test
  void whatCantBeIsRepairedAndCountedOnce() {
    NormalInverseGamma statistics = new NormalInverseGamma(PRIOR, Fading.NONE);
    statistics.observe(new double[] {1e160, 1}, 1, 0);
    assertThat(statistics.posterior(0).mean(new double[] {1, 1})).isFinite();
    Repairs once = statistics.repairs();
    assertThat(once.toPrior()).isPositive();
    assertThat(statistics.posterior(0).width(new double[] {1, 0}))
        .isCloseTo(1 / Math.sqrt(PRIOR.weights().lambda()), offset(1e-9));
    assertThat(statistics.repairs()).isEqualTo(once);
  }

  @Test
  void scoresThatAreNoneComeLast() {
    Scores scores =
        new Scores(new double[] {Double.NaN, 1, 2}, new double[] {1, 1, Double.NaN}, 0, 0);
    assertThat(scores.upper(1))
        .containsExactly(Double.NEGATIVE_INFINITY, 2, Double.NEGATIVE_INFINITY);
    assertThat(scores.winners(1, 50, new SplittableRandom(56))).containsExactly(0, 50, 0);
    assertThat(new UniformFloor(0.1).underBest(new double[] {Double.NaN, 0.2}))
        .containsExactly(new double[] {0.05, 0.95}, offset(1e-12));
    assertThat(new UniformFloor(0.1).underBest(new double[] {Double.NaN, Double.NaN}))
        .containsExactly(new double[] {0.5, 0.5}, offset(1e-12));
  }

  @Test
  void impossiblePriorsAreRefused() {
    assertThatThrownBy(() -> new NormalInverseGammaPrior(new LinearPrior(2, 1), 0, 1))
        .hasMessage("shape and scale must be in (0, 1e6], were 0.0 and 1.0");
    assertThatThrownBy(() -> new NeuralLinear(0, 0.1)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> new NeuralLinear(10, 0)).hasMessageContaining("(0, 1], was 0.0");
  }
}
