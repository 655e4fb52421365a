package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.serving.api.RecommendationAnswer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCountsTest {
  private static final DomainId MOVIES = new DomainId("movies");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void chancesAreThoseOfDrawnSlotsAlone() {
    RecommendationAnswer answer =
        answer(
            item("a", "bandit", 0, 0.25), item("b", "bandit", 1, 0.5), item("c", "content", 2, 1));
    assertThat(new AnswerCounts(metrics).counted(MOVIES, answer)).isSameAs(answer);

    DistributionSummary chances = metrics.get("thaw.propensity").tag("domain", "movies").summary();
    assertThat(chances.count()).isEqualTo(2);
    assertThat(chances.totalAmount()).isEqualTo(0.75);
    assertThat(metrics.get("thaw.recommendations").tag("stage", "1-2").counter().count())
        .isEqualTo(1);
    assertThat(metrics.get("thaw.recommendations.degraded").tag("what", "x:open").counter().count())
        .isEqualTo(1);
  }

  private static RecommendationAnswer.Item item(String id, String source, int slot, double chance) {
    return new RecommendationAnswer.Item(new ItemId(id), 1, source, slot, chance, null);
  }

  private static RecommendationAnswer answer(RecommendationAnswer.Item... items) {
    return new RecommendationAnswer(
        RequestId.of("r1"),
        List.of(items),
        new RecommendationAnswer.RouteTaken("1-2", "content", "liked items", List.of()),
        List.of("x:open"),
        "v1");
  }
}
