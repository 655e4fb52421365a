package dev.thaw.serving;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.serving.api.RecommendationAnswer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How recommendations were answered, and with which chances their slots were drawn. Thread-safe.
 */
final class AnswerCounts {
  /** A chance below the smallest makes an estimate from the log shake. */
  private static final double[] CHANCES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};

  private final MeterRegistry metrics;
  private final Map<DomainId, DistributionSummary> propensities = new ConcurrentHashMap<>();

  AnswerCounts(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Returns the answer. */
  RecommendationAnswer counted(DomainId domain, RecommendationAnswer answer) {
    metrics
        .counter(
            "thaw.recommendations",
            "domain",
            domain.value(),
            "stage",
            answer.route().stage(),
            "method",
            answer.route().method())
        .increment();
    for (String each : answer.degraded()) {
      metrics.counter("thaw.recommendations.degraded", "what", each).increment();
    }
    for (RecommendationAnswer.Item item : answer.items()) {
      if (item.source().equals(Impression.Slot.BANDIT)) {
        propensity(domain).record(item.propensity());
      }
    }
    return answer;
  }

  private DistributionSummary propensity(DomainId domain) {
    return propensities.computeIfAbsent(
        domain,
        each ->
            DistributionSummary.builder("thaw.propensity")
                .description("chance with which the item of a drawn slot was drawn")
                .tag("domain", each.value())
                .serviceLevelObjectives(CHANCES)
                .register(metrics));
  }
}
