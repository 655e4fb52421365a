package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.serving.api.RecommendationAnswer;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.explain.Explainer;
import dev.thaw.serving.impressions.ImpressionRecorder;
import dev.thaw.serving.pipeline.BanditSlots.Drawn;
import dev.thaw.serving.snapshot.DomainModels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * From a query to an answer: read the user, route, gather candidates, vary them, let the bandit
 * draw its slots, fill the rest, record the impression. No step can fail the answer: what is
 * missing is named, and popularity from memory is always there. Thread-safe.
 */
final class Recommender {
  private final UserLookup users;
  private final DomainDefinitions domains;
  private final RoutingPolicy routing;
  private final Map<Method, CandidateSource> sources;
  private final DiversityRule diversity;
  private final BanditSlots bandit;
  private final int banditSlots;
  private final int shortlist;
  private final RequestRandom random;
  private final ImpressionRecorder impressions;
  private final String configVersion;

  /** Completes with what is known of a query's user; never fails. */
  interface UserLookup {
    CompletableFuture<UserState> of(Query query);
  }

  /** Candidates, best first, and the route that led to them. */
  private record Gathered(List<Scored> candidates, RoutePlan.Taken route) {}

  /** What is shown: the drawn slots first; and what their policy was told of the user. */
  private record Shown(List<Scored> items, Drawn drawn, DecisionFeatures features) {}

  Recommender(
      UserLookup users,
      DomainDefinitions domains,
      RoutingPolicy routing,
      List<CandidateSource> sources,
      DiversityRule diversity,
      BanditSlots bandit,
      int banditSlots,
      int shortlist,
      RequestRandom random,
      ImpressionRecorder impressions,
      String configVersion) {
    this.users = users;
    this.domains = domains;
    this.routing = routing;
    this.sources =
        sources.stream()
            .collect(
                java.util.stream.Collectors.toUnmodifiableMap(CandidateSource::method, s -> s));
    this.diversity = diversity;
    this.bandit = bandit;
    this.banditSlots = banditSlots;
    this.shortlist = shortlist;
    this.random = random;
    this.impressions = impressions;
    this.configVersion = configVersion;
  }

  CompletableFuture<RecommendationAnswer> answer(Query query) {
    return users
        .of(query)
        .thenCompose(
            user -> {
              Eligibility eligibility = eligibility(query, user);
              return gather(
                      query,
                      user,
                      eligibility,
                      routing.plan(user.knowledge(), query.domainModels().routing()),
                      0)
                  .thenApply(
                      gathered -> {
                        List<Scored> ranked = complete(query, user, eligibility, gathered);
                        Shown shown = show(query, user, eligibility, gathered.route(), ranked);
                        return answer(query, user, gathered.route(), shown);
                      });
            });
  }

  static Eligibility eligibility(Query query, UserState user) {
    Set<ItemId> known = new HashSet<>();
    user.history().entries().forEach(entry -> known.add(entry.item()));
    user.answers().stream()
        .filter(answer -> answer.reply() != Reply.UNKNOWN)
        .forEach(answer -> known.add(answer.itemId()));
    return Eligibility.in(
        query.ranks().catalogue(),
        query.request().categories(),
        known,
        user.recent(),
        query.request().exclude());
  }

  /** Follows the plan until a method has candidates; popularity, the last, may have none. */
  private CompletableFuture<Gathered> gather(
      Query query, UserState user, Eligibility eligibility, RoutePlan plan, int from) {
    int step = plan.next(from);
    Method method = plan.steps().get(step).method();
    return source(method)
        .gather(query, user, eligibility, wanted(query))
        .thenCompose(
            found ->
                found.isEmpty() && method != Method.POPULARITY
                    ? gather(query, user, eligibility, plan.failed(step, why(query)), step + 1)
                    : CompletableFuture.completedFuture(new Gathered(found, plan.taken(step))));
  }

  private CandidateSource source(Method method) {
    CandidateSource source = sources.get(method);
    if (source == null) {
      throw new IllegalStateException("no candidate source for method " + method.label());
    }
    return source;
  }

  private int wanted(Query query) {
    return Math.max(shortlist, 2 * query.request().k());
  }

  private static String why(Query query) {
    List<String> degraded = query.degraded();
    return degraded.isEmpty() ? "found no eligible item" : String.join(", ", degraded);
  }

  /** Popular items behind the candidates where there are too few of them. */
  private List<Scored> complete(
      Query query, UserState user, Eligibility eligibility, Gathered gathered) {
    List<Scored> candidates = gathered.candidates();
    int missing = wanted(query) - candidates.size();
    if (missing <= 0 || gathered.route().method() == Method.POPULARITY) {
      return candidates;
    }
    List<Scored> all = new ArrayList<>(candidates);
    all.addAll(
        PopularityWalk.walk(query.ranks(), user.segment(), eligibility, candidates, missing));
    return all;
  }

  private Shown show(
      Query query,
      UserState user,
      Eligibility eligibility,
      RoutePlan.Taken route,
      List<Scored> ranked) {
    int k = query.request().k();
    int slots = Math.min(k, Math.min(banditSlots, routing.banditSlots(route.stage())));
    DecisionFeatures features =
        slots == 0 ? DecisionFeatures.NONE : bandit.features(query, user, route.stage());
    Drawn drawn = bandit.draw(query, features, eligibility, ranked, slots, random.of(query.id()));
    List<Scored> items = new ArrayList<>(k);
    drawn.chosen().forEach(choice -> items.add(choice.item()));
    int left = k - items.size();
    List<Scored> head = head(ranked, Scored.numbers(items), 2 * left + 10);
    int[] places = diversity.select(candidates(query, head), candidates(query, items), left);
    for (int place : places) {
      items.add(head.get(place));
    }
    return new Shown(items, drawn, features);
  }

  private static List<Scored> head(List<Scored> ranked, Set<Integer> without, int size) {
    List<Scored> head = new ArrayList<>(size);
    for (Scored each : ranked) {
      if (head.size() == size) {
        break;
      }
      if (!without.contains(each.item().number())) {
        head.add(each);
      }
    }
    return head;
  }

  /** Scores of different sources don't compare: places do. */
  private static List<DiversityRule.Candidate> candidates(Query query, List<Scored> items) {
    DomainModels.Factors factors = query.domainModels().factors();
    List<DiversityRule.Candidate> candidates = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ServedItem item = items.get(i).item();
      float[] vector = factors == null ? new float[0] : factors.items().unit(item.number());
      candidates.add(
          new DiversityRule.Candidate(1.0 - (double) i / items.size(), item.categories(), vector));
    }
    return candidates;
  }

  private RecommendationAnswer answer(
      Query query, UserState user, RoutePlan.Taken route, Shown shown) {
    List<RecommendationAnswer.Item> items = new ArrayList<>(shown.items().size());
    List<Impression.Slot> slots = new ArrayList<>(shown.items().size());
    for (int slot = 0; slot < shown.items().size(); slot++) {
      Scored each = shown.items().get(slot);
      boolean drawn = slot < shown.drawn().chosen().size();
      double propensity = drawn ? shown.drawn().chosen().get(slot).propensity() : 1;
      String source = drawn ? Impression.Slot.BANDIT : each.source();
      items.add(
          new RecommendationAnswer.Item(
              each.item().id(),
              each.score(),
              source,
              slot,
              propensity,
              query.request().explain()
                  ? Explainer.explain(
                      explained(query, user, each, drawn, propensity),
                      query.ranks(),
                      bandit.posterior(query, shown.features(), shown.drawn(), slot),
                      query.domainModels())
                  : null));
      slots.add(new Impression.Slot(slot, each.item().id(), each.score(), propensity, source));
    }
    List<String> fallbacks =
        route.fallbacks().stream().map(s -> s.method().label() + ": " + s.reason()).toList();
    if (impressions.isRefusing()) {
      query.degrade(new Degradation("event-log", "full"));
    } else if (impressions.isJournalling()) {
      query.degrade(new Degradation("event-log", "journal"));
    }
    List<String> degraded = query.degraded();
    impressions.record(
        new Impression(
            query.id(),
            query.request().user(),
            query.request().domain(),
            query.time(),
            configVersion,
            query.models().version(),
            shown.drawn().posteriorVersion(),
            query.request().context(),
            shown.drawn().eligible(),
            slots,
            route.stage().label(),
            route.method().label(),
            fallbacks,
            degraded,
            query.assignment(),
            shown.features()));
    return new RecommendationAnswer(
        query.id(), items, taken(route, fallbacks), degraded, query.models().version());
  }

  static RecommendationAnswer.RouteTaken taken(RoutePlan.Taken route, List<String> fallbacks) {
    return new RecommendationAnswer.RouteTaken(
        route.stage().label(), route.method().label(), route.reason(), fallbacks);
  }

  private Explainer.Case explained(
      Query query, UserState user, Scored each, boolean drawn, double propensity) {
    List<ServedItem> liked = new ArrayList<>();
    double positiveFrom = domains.require(query.request().domain()).positiveRating();
    user.history().entries().stream()
        .filter(entry -> entry.strength() >= positiveFrom)
        .limit(50)
        .forEach(entry -> addKnown(query, entry.item(), liked));
    user.onboardingLikes().forEach(item -> addKnown(query, item, liked));
    UserState.MappedVector mapped = user.mapped();
    return new Explainer.Case(
        each.item(),
        each.source(),
        each.score(),
        drawn,
        propensity,
        each.gate(),
        user.segment(),
        mapped == null || !mapped.bridgeEnabled() ? null : mapped.source().value(),
        liked,
        user.knownLikes() > 0);
  }

  private static void addKnown(Query query, ItemId id, List<ServedItem> into) {
    @Nullable ServedItem item = query.ranks().catalogue().find(id);
    if (item != null) {
      into.add(item);
    }
  }
}
