package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.ExplorationBudget;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingConfig;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.serving.experiment.UserSplit;
import dev.thaw.serving.pipeline.Recommendations.Parts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines that answer: one for each configuration of the experiment, or the only one.
 * Configurations share what is read and searched; routing, policy, budget and what the budget has
 * spent are each one's own. Thread-safe.
 */
final class Pipelines {
  private final Parts parts;
  private final UserReader users;
  private final CandidateSource together;
  private final CandidateSource byOwn;
  private final CandidateSource byMapped;
  private final CandidateSource byMappedBesideLikes;
  private final CandidateSource content;
  private final @Nullable UserSplit split;
  private final List<Pipeline> all;

  /** How the users of one configuration are answered. */
  record Pipeline(
      Assignment assignment,
      RoutingPolicy routing,
      FeatureReader features,
      UserLookups lookups,
      Recommender recommender) {}

  Pipelines(Parts parts) {
    this.parts = parts;
    this.users = new UserReader(view -> parts.definitions().view(view).ttl());
    CandidateSource byBridged = FactorSource.bridged(parts.indexGuard(), parts.scoredWhole());
    CandidateSource wholeOrder =
        FactorSource.bridged(parts.indexGuard(), ScoredInMemory.MAX_SCORED);
    this.together =
        new ItemToItemSource(FactorSource.own(parts.indexGuard(), ScoredInMemory.MAX_SCORED));
    this.byOwn = FactorSource.own(parts.indexGuard(), parts.scoredWhole());
    this.byMapped = CrossDomainSource.alone(byBridged, wholeOrder);
    this.byMappedBesideLikes = CrossDomainSource.besideLikes(byBridged, wholeOrder);
    this.content = new ContentSource(parts.indexGuard());
    ExperimentConfig experiment = parts.config().experiment();
    if (experiment == null) {
      this.split = null;
      this.all = List.of(pipeline(Assignment.NONE, parts.config()));
    } else {
      this.split = new UserSplit(experiment);
      this.all =
          experiment.configurations().stream()
              .map(each -> pipeline(experiment.assignment(each), each.serving()))
              .toList();
    }
  }

  Pipeline of(UserId user) {
    return all.get(split == null ? 0 : split.of(user));
  }

  private Pipeline pipeline(Assignment assignment, ServingConfig config) {
    RoutingConfig table = parts.routing().with(config.methods());
    RoutingPolicy routing = new RoutingPolicy(table);
    FeatureReader features =
        new FeatureReader(
            parts.store(),
            parts.recents(),
            parts.storeGuard(),
            parts.acceptedHere(),
            table.uses(Method.META_LEARNED));
    UserLookups lookups = new UserLookups(features, users);
    ServedPolicy<?> bandit = ServedPolicy.of(config);
    Recommender recommender =
        new Recommender(
            lookups,
            parts.domains(),
            routing,
            List.of(
                together,
                byOwn,
                byMapped,
                new FusedSource(routing, together, byOwn, byMappedBesideLikes),
                new MetaLearnedSource(),
                new SequentialSource(),
                content,
                new PopularitySource()),
            parts.diversity(),
            new BanditSlots(bandit, config.shortlist(), budget(config.explorationBudget())),
            config.banditSlots(),
            config.shortlist(),
            new RequestRandom(config.seed()),
            parts.impressions(),
            PolicyVersion.of(bandit, config, table, parts.diversity(), parts.domains()));
    return new Pipeline(assignment, routing, features, lookups, recommender);
  }

  private static @Nullable ExplorationBudget budget(ExplorationBudgetConfig config) {
    return config.equals(ExplorationBudgetConfig.NONE)
        ? null
        : new ExplorationBudget(
            config.share(), config.perItem(), config.perUser(), config.perSession());
  }
}
