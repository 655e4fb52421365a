package dev.thaw.serving;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.api.IngestReport;
import dev.thaw.serving.api.OnboardingQuestions;
import dev.thaw.serving.api.RecommendationAnswer;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.api.RecordSlice;
import dev.thaw.serving.api.ServingMethods;
import dev.thaw.serving.api.SimilarAnswer;
import dev.thaw.serving.api.UserReport;
import dev.thaw.serving.ingest.Eraser;
import dev.thaw.serving.ingest.Ingest;
import dev.thaw.serving.pipeline.Browsing;
import dev.thaw.serving.pipeline.Recommendations;
import dev.thaw.serving.pipeline.UserReports;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Each call to the part that answers it, with its metrics. */
final class ServingCalls implements ServingMethods {
  private final Recommendations recommendations;
  private final Browsing browsing;
  private final UserReports reports;
  private final Ingest ingest;
  private final Eraser eraser;
  private final MeterRegistry metrics;
  private final Timer latency;

  ServingCalls(
      Recommendations recommendations,
      Browsing browsing,
      UserReports reports,
      Ingest ingest,
      Eraser eraser,
      MeterRegistry metrics) {
    this.recommendations = recommendations;
    this.browsing = browsing;
    this.reports = reports;
    this.ingest = ingest;
    this.eraser = eraser;
    this.metrics = metrics;
    this.latency =
        Timer.builder("thaw.recommendations.latency")
            .publishPercentileHistogram()
            .register(metrics);
  }

  @Override
  public CompletableFuture<RecommendationAnswer> recommend(RecommendationRequest request) {
    long start = System.nanoTime();
    return recommendations
        .recommend(request)
        .thenApply(
            answer -> {
              latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
              metrics
                  .counter(
                      "thaw.recommendations",
                      "domain",
                      request.domain().value(),
                      "stage",
                      answer.route().stage(),
                      "method",
                      answer.route().method())
                  .increment();
              return answer;
            });
  }

  @Override
  public CompletableFuture<IngestReport> events(List<RecordSlice> records) {
    return ingest.events(records);
  }

  @Override
  public CompletableFuture<IngestReport> items(List<RecordSlice> records) {
    return ingest.items(records);
  }

  @Override
  public CompletableFuture<IngestReport> users(List<RecordSlice> records) {
    return ingest.users(records);
  }

  @Override
  public CompletableFuture<SimilarAnswer> similar(ItemId item, int k) {
    return browsing.similar(item, k);
  }

  @Override
  public CompletableFuture<OnboardingQuestions> onboarding(DomainId domain, int k) {
    return CompletableFuture.completedFuture(browsing.onboarding(domain, k));
  }

  @Override
  public CompletableFuture<UserReport> user(UserId user) {
    return reports.of(user);
  }

  @Override
  public CompletableFuture<Void> deleteUser(UserId user) {
    return eraser.user(user);
  }

  @Override
  public CompletableFuture<Void> deleteItem(ItemId item) {
    return eraser.item(item);
  }
}
