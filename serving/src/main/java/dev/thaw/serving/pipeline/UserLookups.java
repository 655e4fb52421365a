package dev.thaw.serving.pipeline;

import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.pipeline.FeatureReader.UserRows;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a query's user up in the store. The read gets most of the deadline but not all, so that
 * something is left for the search; without the store a user is whoever the context describes.
 */
final class UserLookups implements Recommender.UserLookup {
  private static final Logger LOG = LoggerFactory.getLogger(UserLookups.class);
  private static final double SHARE_OF_DEADLINE = 0.6;

  private final FeatureReader features;
  private final UserReader users;

  UserLookups(FeatureReader features, UserReader users) {
    this.features = features;
    this.users = users;
  }

  @Override
  public CompletableFuture<UserState> of(Query query) {
    Duration patience = Duration.ofNanos((long) (query.remaining().toNanos() * SHARE_OF_DEADLINE));
    return features
        .read(query.request().user(), query.request().domain(), patience)
        .thenApply(
            outcome ->
                state(
                    query,
                    outcome.orElse(features.withoutStore(query.request().user()), query::degrade)));
  }

  /** Rows that can't be read are named, and count as absent. */
  UserState state(Query query, UserRows rows) {
    try {
      return users.read(
          query.request().user(),
          rows,
          query.request().context(),
          query.ranks().catalogue(),
          query.models(),
          query.time(),
          query::degrade);
    } catch (IllegalArgumentException | ClassCastException malformed) {
      LOG.error("rows of user {} can't be read", query.request().user(), malformed);
      query.degrade(new Degradation("features", "malformed"));
      return users.unknown(
          query.request().context(), rows, query.ranks().catalogue(), query.models());
    }
  }
}
