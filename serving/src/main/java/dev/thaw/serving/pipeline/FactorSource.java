package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.breaker.Outcome;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.pipeline.UserState.MappedVector;
import dev.thaw.serving.pipeline.UserState.UserVector;
import dev.thaw.serving.snapshot.DomainModels.Factors;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Items for a vector of the factor space: the user's own, or one mapped from another domain. The
 * index proposes by {@code <[p, 1], [q_i, b_i]>}; what it proposes is scored again, exactly, as
 * {@code mu + b_u + b_i + <p, q_i>} with the gated vectors of now. Where the index is away, or
 * there are few items, or categories leave few, the exact scores alone decide.
 */
final class FactorSource implements CandidateSource {
  /** Popular items scored where the index is away. */
  private static final int WITHOUT_INDEX = 1_000;

  private final Method method;
  private final Function<UserState, @Nullable UserVector> vector;
  private final Dependency index;
  private final int few;

  private FactorSource(
      Method method, Function<UserState, @Nullable UserVector> vector, Dependency index, int few) {
    this.method = method;
    this.vector = vector;
    this.index = index;
    this.few = few;
  }

  /**
   * @param few items up to which all are scored
   */
  static FactorSource own(Dependency index, int few) {
    return new FactorSource(Method.FACTORS, UserState::folded, index, few);
  }

  /**
   * @param few items up to which all are scored
   */
  static FactorSource bridged(Dependency index, int few) {
    return new FactorSource(
        Method.CROSS_DOMAIN,
        user -> {
          MappedVector mapped = user.mapped();
          return mapped == null ? null : mapped.vector();
        },
        index,
        few);
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    Factors factors = query.domainModels().factors();
    UserVector who = vector.apply(user);
    if (factors == null || who == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    Scoring scoring = new Scoring(query, factors, who, eligibility);
    int[] all = fewItems(query, eligibility);
    if (all.length > 0) {
      return CompletableFuture.completedFuture(scoring.all(all, wanted));
    }
    return index
        .call(() -> scoring.search(wanted), query.remaining())
        .thenApply(
            outcome ->
                outcome instanceof Outcome.Value<List<Scored>> found
                    ? found.value()
                    : scoring.withoutIndex(outcome, wanted));
  }

  private int[] fewItems(Query query, Eligibility eligibility) {
    int size = query.ranks().catalogue().size();
    if (size <= few) {
      return IntStream.range(0, size).toArray();
    }
    if (eligibility.categories().isEmpty()) {
      return new int[0];
    }
    int[] numbers =
        eligibility.categories().stream()
            .flatMapToInt(category -> Arrays.stream(query.ranks().category(category)))
            .distinct()
            .toArray();
    return numbers.length <= few ? numbers : new int[0];
  }

  private final class Scoring {
    private final Query query;
    private final Factors factors;
    private final UserVector user;
    private final Eligibility eligibility;

    Scoring(Query query, Factors factors, UserVector user, Eligibility eligibility) {
      this.query = query;
      this.factors = factors;
      this.user = user;
      this.eligibility = eligibility;
    }

    List<Scored> search(int wanted) {
      float[] vector = Arrays.copyOf(user.vector(), user.vector().length + 1);
      vector[vector.length - 1] = 1;
      SearchFilter filter =
          SearchFilter.availableIn(query.request().domain()).without(eligibility.excluded());
      int reach = eligibility.categories().isEmpty() ? wanted : Math.min(1000, wanted * 5);
      List<Neighbour> near =
          factors.index().search(Embedding.copyOf(factors.index().space(), vector), reach, filter);
      List<Scored> found = new ArrayList<>(near.size());
      for (Neighbour each : near) {
        ServedItem item = query.ranks().catalogue().find(each.itemId());
        if (item != null && eligibility.admits(item)) {
          found.add(score(item, each.similarity()));
        }
      }
      return best(found, wanted);
    }

    List<Scored> all(int[] numbers, int wanted) {
      float[] scores = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        scores[i] = (float) factors.items().score(numbers[i], user.vector());
      }
      int[] best = TopItems.of(scores, wanted, i -> isCandidate(numbers[i]));
      List<Scored> found = new ArrayList<>(best.length);
      for (int place : best) {
        found.add(score(query.ranks().item(numbers[place]), 0));
      }
      return found;
    }

    private boolean isCandidate(int number) {
      return factors.items().knows(number) && eligibility.admits(query.ranks().item(number));
    }

    List<Scored> withoutIndex(Outcome<List<Scored>> outcome, int wanted) {
      outcome.orElse(List.of(), query::degrade);
      int[] everyone = query.ranks().everyone();
      return all(Arrays.copyOf(everyone, Math.min(everyone.length, WITHOUT_INDEX)), wanted);
    }

    private Scored score(ServedItem item, double fromIndex) {
      double relevance =
          factors.items().knows(item.number())
              ? factors.items().score(item.number(), user.vector())
              : fromIndex;
      return new Scored(
          item,
          factors.model().mean() + user.bias() + relevance,
          method.label(),
          factors.items().gateOf(item.number()));
    }

    private static List<Scored> best(List<Scored> found, int wanted) {
      found.sort(Comparator.comparingDouble(Scored::score).reversed());
      return found.size() <= wanted ? found : new ArrayList<>(found.subList(0, wanted));
    }
  }
}
