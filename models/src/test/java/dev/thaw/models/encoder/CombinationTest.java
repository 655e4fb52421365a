package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.config.EncoderConfig.Combine;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final VectorSpace FIRST = new VectorSpace("content", "a-1", 2, Metric.COSINE);
  private static final VectorSpace SECOND = new VectorSpace("content", "b-1", 2, Metric.COSINE);
  private static final Optional<Embedding> X = vector(FIRST, 1, 0);
  private static final Optional<Embedding> Y = vector(SECOND, 0, 1);

  private static Optional<Embedding> vector(VectorSpace space, float... values) {
    return Optional.of(Embedding.copyOf(space, values));
  }

  private static Combination averaged(double... weights) {
    return new Combination(Combine.AVERAGE, List.of(FIRST, SECOND), weights);
  }

  @Test
  void theAverageIsOfWhatIsThereAndOfLengthOne() {
    Combination average = averaged(3, 4);
    assertThat(average.space().dimension()).isEqualTo(2);
    assertThat(average.of(List.of(X, Y)).orElseThrow().toArray())
        .containsExactly(new float[] {0.6f, 0.8f}, offset(1e-6f));
    assertThat(average.of(List.of(X, Optional.empty())).orElseThrow().toArray())
        .containsExactly(1, 0);
    assertThat(average.of(List.of(Optional.empty(), Optional.empty()))).isEmpty();
  }

  @Test
  void partsThatCancelOutAreNoVector() {
    assertThat(averaged(1, 1).of(List.of(X, vector(SECOND, -1, 0)))).isEmpty();
  }

  @Test
  void concatenatedPartsWeighTheirSquaresInTheCosine() {
    Combination both = new Combination(Combine.CONCATENATE, List.of(FIRST, SECOND), 1, 2);
    float[] one = both.of(List.of(X, Y)).orElseThrow().toArray();
    float[] other = both.of(List.of(X, vector(SECOND, 1, 0))).orElseThrow().toArray();
    double cosine = 0;
    for (int i = 0; i < 4; i++) {
      cosine += one[i] * other[i];
    }
    assertThat(cosine).isCloseTo((1 * 1 + 4 * 0) / 5.0, offset(1e-6));
  }

  @Test
  void whateverChangesVectorsChangesTheSpace() {
    VectorSpace newer = new VectorSpace("content", "b-2", 2, Metric.COSINE);
    assertThat(
            List.of(
                averaged(1, 1).space(),
                averaged(1, 2).space(),
                new Combination(Combine.CONCATENATE, List.of(FIRST, SECOND), 1, 1).space(),
                new Combination(Combine.AVERAGE, List.of(FIRST, newer), 1, 1).space()))
        .doesNotHaveDuplicates();
    assertThat(averaged(1, 1).space()).isEqualTo(averaged(1, 1).space());
  }
}
