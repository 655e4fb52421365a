package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.api.RecommendationAnswer;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.impressions.ImpressionRecorder;
import dev.thaw.serving.pipeline.Pipelines.Pipeline;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.Snapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Recommendations and what leads to them, for the API. Thread-safe. */
public final class Recommendations {
  private final Parts parts;
  private final Pipelines pipelines;

  /**
   * @param routing the table that the configured methods change
   * @param acceptedHere what this server accepted of a user
   * @param scoredWhole items up to which no index is asked for those of a vector
   * @param requestIds new ones, unique among all servers
   * @param nanoTime monotonic
   */
  public record Parts(
      ServingConfig config,
      FeatureDefinitions definitions,
      DomainDefinitions domains,
      Catalogue catalogue,
      Snapshots snapshots,
      ActiveSets models,
      OnlineReader store,
      RecentItems recents,
      Function<UserId, List<Recent>> acceptedHere,
      Dependency storeGuard,
      Dependency indexGuard,
      RoutingConfig routing,
      DiversityRule diversity,
      int scoredWhole,
      ImpressionRecorder impressions,
      Supplier<RequestId> requestIds,
      InstantSource clock,
      LongSupplier nanoTime) {}

  public Recommendations(Parts parts) {
    this.parts = parts;
    this.pipelines = new Pipelines(parts);
  }

  /**
   * @throws CallerFault if the domain is unknown
   */
  public CompletableFuture<RecommendationAnswer> recommend(RecommendationRequest request) {
    Pipeline pipeline = pipelines.of(request.user());
    return pipeline.recommender().answer(open(request, pipeline));
  }

  private Query open(RecommendationRequest request, Pipeline pipeline) {
    if (parts.catalogue().domain(request.domain()) == null) {
      throw CallerFault.of("domain", request.domain(), "one of " + domains());
    }
    Duration deadline = request.deadline();
    Query query =
        new Query(
            parts.requestIds().get(),
            request,
            pipeline.assignment(),
            parts.clock().instant(),
            parts.snapshots().of(request.domain()),
            parts.models().current(),
            deadline == null ? parts.config().deadline() : deadline,
            parts.nanoTime());
    if (parts.snapshots().isStale()) {
      query.degrade(new Degradation("popularity", "stale"));
    }
    if (parts.models().isRefusing()) {
      query.degrade(new Degradation("artefacts", "refused"));
    }
    return query;
  }

  /** What a user's rows say in a domain, and where they would lead. */
  CompletableFuture<Knowledge> knowledge(UserId user, DomainCatalogue domain) {
    Pipeline pipeline = pipelines.of(user);
    Query query =
        open(
            new RecommendationRequest(
                user, domain.domain(), 1, java.util.Map.of(), List.of(), List.of(), null, false),
            pipeline);
    return pipeline
        .features()
        .read(user, domain.domain(), query.remaining())
        .thenApply(
            outcome -> {
              FeatureReader.UserRows rows =
                  outcome.orElse(pipeline.features().withoutStore(user), query::degrade);
              UserState state = pipeline.lookups().state(query, rows);
              RoutePlan plan =
                  pipeline.routing().plan(state.knowledge(), query.domainModels().routing());
              return new Knowledge(rows, state, plan.taken(plan.next(0)), query.degraded());
            });
  }

  /** What is known of a user in one domain, and the route that gives. */
  record Knowledge(
      FeatureReader.UserRows rows, UserState state, RoutePlan.Taken route, List<String> degraded) {}

  Catalogue catalogue() {
    return parts.catalogue();
  }

  private List<String> domains() {
    return parts.catalogue().domains().stream().map(each -> each.domain().value()).toList();
  }
}
