package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.RequestId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestRandomTest {
  private static final RequestRandom RANDOM = new RequestRandom(7);

  @Test
  void sameRequestDrawsTheSameAgain() {
    assertThat(new RequestRandom(7).of(RequestId.of("a-1")).nextLong())
        .isEqualTo(RANDOM.of(RequestId.of("a-1")).nextLong());
  }

  @Test
  void otherRequestsOtherServersAndOtherSeedsDrawAnew() {
    assertThat(
            IntStream.range(0, 1000)
                .mapToObj(i -> RequestId.of((i % 2 == 0 ? "a-" : "b-") + i / 2))
                .map(id -> RANDOM.of(id).nextLong()))
        .doesNotHaveDuplicates();
    assertThat(new RequestRandom(8).of(RequestId.of("a-1")).nextLong())
        .isNotEqualTo(RANDOM.of(RequestId.of("a-1")).nextLong());
  }

  @Test
  void firstDrawsOfNeighbouringRequestsAreUniform() {
    double mean =
        IntStream.range(0, 10_000)
            .mapToDouble(i -> RANDOM.of(RequestId.of("a-" + i)).nextDouble())
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(0.5 - 4 / Math.sqrt(12 * 10_000), 0.5 + 4 / Math.sqrt(12 * 10_000));
  }
}
