package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.ExplorationBudget;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.api.RecommendationAnswer;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.impressions.ImpressionRecorder;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.Snapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Recommendations and what leads to them, for the API. Thread-safe. */
public final class Recommendations {
  private final Parts parts;
  private final FeatureReader features;
  private final UserLookups lookups;
  private final Recommender recommender;
  private final RoutingPolicy routing;

  /**
   * @param acceptedHere what this server accepted of a user
   * @param scoredWhole items up to which no index is asked for those of a vector
   * @param requestIds new ones, unique among all servers
   * @param nanoTime monotonic
   */
  public record Parts(
      ThawConfig.Serving config,
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
    ThawConfig.Serving config = parts.config();
    this.routing = new RoutingPolicy(parts.routing());
    this.features =
        new FeatureReader(
            parts.store(),
            parts.recents(),
            parts.storeGuard(),
            parts.acceptedHere(),
            parts.routing().uses(Method.META_LEARNED));
    this.lookups =
        new UserLookups(features, new UserReader(view -> parts.definitions().view(view).ttl()));
    ServedPolicy<?> bandit = ServedPolicy.of(config);
    CandidateSource together =
        new ItemToItemSource(FactorSource.own(parts.indexGuard(), ScoredInMemory.MAX_SCORED));
    CandidateSource byOwn = FactorSource.own(parts.indexGuard(), parts.scoredWhole());
    CandidateSource byBridged = FactorSource.bridged(parts.indexGuard(), parts.scoredWhole());
    CandidateSource wholeOrder =
        FactorSource.bridged(parts.indexGuard(), ScoredInMemory.MAX_SCORED);
    CandidateSource byMapped = CrossDomainSource.alone(byBridged, wholeOrder);
    this.recommender =
        new Recommender(
            lookups,
            parts.domains(),
            routing,
            List.of(
                together,
                byOwn,
                byMapped,
                new FusedSource(
                    routing, together, byOwn, CrossDomainSource.besideLikes(byBridged, wholeOrder)),
                new MetaLearnedSource(),
                new SequentialSource(),
                new ContentSource(parts.indexGuard()),
                new PopularitySource()),
            parts.diversity(),
            new BanditSlots(bandit, config.shortlist(), budget(config.explorationBudget())),
            config.banditSlots(),
            config.shortlist(),
            new RequestRandom(config.seed()),
            parts.impressions(),
            PolicyVersion.of(bandit, config, parts.routing(), parts.diversity(), parts.domains()));
  }

  private static @Nullable ExplorationBudget budget(ExplorationBudgetConfig config) {
    return config.equals(ExplorationBudgetConfig.NONE)
        ? null
        : new ExplorationBudget(
            config.share(), config.perItem(), config.perUser(), config.perSession());
  }

  /**
   * @throws CallerFault if the domain is unknown
   */
  public CompletableFuture<RecommendationAnswer> recommend(RecommendationRequest request) {
    return recommender.answer(open(request));
  }

  private Query open(RecommendationRequest request) {
    if (parts.catalogue().domain(request.domain()) == null) {
      throw CallerFault.of("domain", request.domain(), "one of " + domains());
    }
    Duration deadline = request.deadline();
    Query query =
        new Query(
            parts.requestIds().get(),
            request,
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
    Query query =
        open(
            new RecommendationRequest(
                user, domain.domain(), 1, java.util.Map.of(), List.of(), List.of(), null, false));
    return features
        .read(user, domain.domain(), query.remaining())
        .thenApply(
            outcome -> {
              FeatureReader.UserRows rows =
                  outcome.orElse(features.withoutStore(user), query::degrade);
              UserState state = lookups.state(query, rows);
              RoutePlan plan = routing.plan(state.knowledge(), query.domainModels().routing());
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
