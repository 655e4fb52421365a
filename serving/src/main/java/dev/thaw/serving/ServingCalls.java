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
import dev.thaw.serving.catalogue.CatalogueBehindException;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.ingest.Eraser;
import dev.thaw.serving.ingest.Ingest;
import dev.thaw.serving.metrics.CallTimers;
import dev.thaw.serving.pipeline.Browsing;
import dev.thaw.serving.pipeline.Recommendations;
import dev.thaw.serving.pipeline.UserReports;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Each call to the part that answers it, with its metrics. */
final class ServingCalls implements ServingMethods {
  private final Recommendations recommendations;
  private final Browsing browsing;
  private final UserReports reports;
  private final Ingest ingest;
  private final Eraser eraser;
  private final CatalogueFeed feed;
  private final AnswerCounts counts;
  private final CallTimers timers;

  ServingCalls(
      Recommendations recommendations,
      Browsing browsing,
      UserReports reports,
      Ingest ingest,
      Eraser eraser,
      CatalogueFeed feed,
      MeterRegistry metrics) {
    this.recommendations = recommendations;
    this.browsing = browsing;
    this.reports = reports;
    this.ingest = ingest;
    this.eraser = eraser;
    this.feed = feed;
    this.counts = new AnswerCounts(metrics);
    this.timers = new CallTimers(metrics);
  }

  @Override
  public CompletableFuture<RecommendationAnswer> recommend(RecommendationRequest request) {
    return timers
        .timed("recommend", () -> withCatalogue(() -> recommendations.recommend(request)))
        .thenApply(answer -> counts.counted(request.domain(), answer));
  }

  @Override
  public CompletableFuture<IngestReport> events(List<RecordSlice> records) {
    return timers.timed("events", () -> ingest.events(records));
  }

  @Override
  public CompletableFuture<IngestReport> items(List<RecordSlice> records) {
    return timers.timed("items", () -> ingest.items(records));
  }

  @Override
  public CompletableFuture<IngestReport> users(List<RecordSlice> records) {
    return timers.timed("users", () -> ingest.users(records));
  }

  @Override
  public CompletableFuture<SimilarAnswer> similar(ItemId item, int k) {
    return timers.timed("similar", () -> withCatalogue(() -> browsing.similar(item, k)));
  }

  @Override
  public CompletableFuture<OnboardingQuestions> onboarding(DomainId domain, int k) {
    return timers.timed(
        "onboarding",
        () ->
            withCatalogue(() -> CompletableFuture.completedFuture(browsing.onboarding(domain, k))));
  }

  @Override
  public CompletableFuture<UserReport> user(UserId user) {
    return timers.timed("user", () -> reports.of(user));
  }

  @Override
  public CompletableFuture<Void> deleteUser(UserId user) {
    return timers.timed("delete-user", () -> eraser.user(user));
  }

  @Override
  public CompletableFuture<Void> deleteItem(ItemId item) {
    return timers.timed("delete-item", () -> eraser.item(item));
  }

  /** Nothing instead of an answer from a part of the items: another server has them all. */
  private <T> CompletableFuture<T> withCatalogue(Supplier<CompletableFuture<T>> call) {
    return feed.isCaughtUp()
        ? call.get()
        : CompletableFuture.failedFuture(
            new CatalogueBehindException(
                "the catalogue of this server is still being read; try again later"));
  }
}
