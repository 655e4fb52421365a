package dev.thaw.serving;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.diversity.MaximalMarginalRelevance;
import dev.thaw.serving.breaker.BreakerSettings;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a server behaves beside what its configuration says.
 *
 * @param diversity of recommendations
 * @param requestIds new ones, unique among all servers
 * @param refreshEvery time between refreshes of popularity and posteriors
 * @param scoredWhole up to so many items all are scored for a user's vector, which takes less time
 *     than a search of the index, misses none and needs no index
 * @param storeBreaker of the feature store
 * @param indexBreaker of the vector index
 */
public record ServerTuning(
    DiversityRule diversity,
    Supplier<RequestId> requestIds,
    Duration refreshEvery,
    int scoredWhole,
    BreakerSettings storeBreaker,
    BreakerSettings indexBreaker) {

  /** An estimate: measured are 3,000 items, where a request costs less than with a search. */
  private static final int SCORED_BEFORE_A_REMOTE_SEARCH = 20_000;

  /** The usual ones, with what the configuration says or its kind of index suggests. */
  public static ServerTuning of(ThawConfig config) {
    ServerTuning defaults = defaults();
    Integer asked = config.serving().scoredWhole();
    if (asked != null) {
      return defaults.withScoredWhole(asked);
    }
    return config.index().type().equals("milvus")
        ? defaults.withScoredWhole(SCORED_BEFORE_A_REMOTE_SEARCH)
        : defaults;
  }

  public static ServerTuning defaults() {
    return new ServerTuning(
        new MaximalMarginalRelevance(0.95),
        RequestIds.random(),
        Duration.ofSeconds(2),
        2_000,
        BreakerSettings.defaults(),
        BreakerSettings.defaults().withThreads(4));
  }

  public ServerTuning withRequestIds(Supplier<RequestId> ids) {
    return new ServerTuning(diversity, ids, refreshEvery, scoredWhole, storeBreaker, indexBreaker);
  }

  public ServerTuning withRefreshEvery(Duration interval) {
    return new ServerTuning(
        diversity, requestIds, interval, scoredWhole, storeBreaker, indexBreaker);
  }

  public ServerTuning withScoredWhole(int items) {
    return new ServerTuning(diversity, requestIds, refreshEvery, items, storeBreaker, indexBreaker);
  }

  public ServerTuning withBreakers(BreakerSettings forStore, BreakerSettings forIndex) {
    return new ServerTuning(diversity, requestIds, refreshEvery, scoredWhole, forStore, forIndex);
  }
}
