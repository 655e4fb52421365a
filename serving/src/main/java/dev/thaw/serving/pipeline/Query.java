package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.DomainRanks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One request on its way, with the snapshots it sees from beginning to end and what it had to do
 * without. Thread-safe.
 */
final class Query {
  private final RequestId id;
  private final RecommendationRequest request;
  private final Assignment assignment;
  private final Instant time;
  private final DomainRanks ranks;
  private final ActiveSet models;
  private final LongSupplier nanoTime;
  private final long deadlineAt;
  private final Set<String> degraded = new LinkedHashSet<>();

  /**
   * @param assignment which configuration answers
   * @param deadline from now
   * @param nanoTime monotonic
   */
  Query(
      RequestId id,
      RecommendationRequest request,
      Assignment assignment,
      Instant time,
      DomainRanks ranks,
      ActiveSet models,
      Duration deadline,
      LongSupplier nanoTime) {
    this.id = id;
    this.request = request;
    this.assignment = assignment;
    this.time = time;
    this.ranks = ranks;
    this.models = models;
    this.nanoTime = nanoTime;
    this.deadlineAt = nanoTime.getAsLong() + deadline.toNanos();
  }

  RequestId id() {
    return id;
  }

  RecommendationRequest request() {
    return request;
  }

  Assignment assignment() {
    return assignment;
  }

  Instant time() {
    return time;
  }

  DomainRanks ranks() {
    return ranks;
  }

  /** What the bandit draws from: what the configuration that answers has learned. */
  PosteriorSnapshot posteriors() {
    return ranks.posteriors(assignment);
  }

  /** What the configuration assumes of an arm by its neighbours, if anything. */
  Optional<Assumed> assumed(ItemId arm) {
    return ranks.assumed(assignment, arm);
  }

  ActiveSet models() {
    return models;
  }

  /** Models of the requested domain; with nothing in them before anything was trained. */
  DomainModels domainModels() {
    return models.domain(request.domain());
  }

  /** What is left of the deadline; negative after it. */
  Duration remaining() {
    return Duration.ofNanos(deadlineAt - nanoTime.getAsLong());
  }

  void degrade(Degradation degradation) {
    synchronized (degraded) {
      degraded.add(degradation.toString());
    }
  }

  List<String> degraded() {
    synchronized (degraded) {
      return new ArrayList<>(degraded);
    }
  }
}
