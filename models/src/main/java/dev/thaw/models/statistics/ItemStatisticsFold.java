package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.keyed.Decay;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code item_statistics}. No user counts twice in what decides how warm an item is.
 *
 * <ul>
 *   <li>{@code interactions}: users who interacted; exact below {@value DistinctUsers#MAX},
 *       estimated above, see {@link DistinctUsers}
 *   <li>{@code ctr = (c + ctr0 s) / (n + s)}: the mean of a Beta posterior; {@code c} are the
 *       showings that were clicked, at most the {@code n} impressions: clicks that name no answer
 *       say nothing about being shown. A click counts again once {@value NewestOfKeys#MAX} other
 *       showings were clicked after it
 *   <li>{@code rating_mean = (sum + r m) / (count + r)}, shrunk towards the domain's mean {@code
 *       m}; the newest rating of each user, as long as the user is among the {@value
 *       NewestOfKeys#MAX} who rated last: one who comes back after that counts as another
 *   <li>{@code clicks}: events, repeated ones and those from elsewhere too
 *   <li>{@code popularity = sum_i 2^(-(F - t_i) / h)} over interaction events, {@code F} the
 *       frontier: the time of the item's own newest event. The rows of two items are of two times;
 *       who compares them brings both to one, {@code p 2^(-(t - F) / h)}
 * </ul>
 *
 * Independent of the order of arrival up to these bounds. Immutable and thread-safe.
 */
public final class ItemStatisticsFold {
  private final StatisticsPrior prior;
  private final Decay decay;

  public ItemStatisticsFold(StatisticsPrior prior) {
    this.prior = prior;
    this.decay = new Decay(prior.popularityHalfLife());
  }

  /**
   * @return whether a number changed; only interactions change some
   */
  public boolean add(ItemStatisticsState state, Event event) {
    if (!event.type().isInteraction()) {
      return false;
    }
    long time = event.timeMillis();
    takeOver(state);
    state.frontier = Math.max(state.frontier, time);
    long user = Hash64.of(event.userId().value());
    state.users.add(user);
    addPopularity(state, time);
    if (event.type().equals(EventType.CLICK)) {
      state.clicks++;
      addAnswer(state, event.requestId(), time);
    }
    Double value = event.value();
    if (event.type().equals(EventType.RATING) && value != null) {
      addRating(state, user, time, value);
    }
    return true;
  }

  /** Clicks of before {@code clickedAnswers} were kept: each is taken for a showing's first. */
  private static void takeOver(ItemStatisticsState state) {
    if (state.interactions > 0 && state.users.size == 0) {
      state.answeredClicks = state.clicks;
    }
  }

  private static long users(ItemStatisticsState state) {
    return Math.max(state.users.count(), state.interactions);
  }

  private static void addAnswer(ItemStatisticsState state, @Nullable RequestId request, long time) {
    if (request == null) {
      return;
    }
    long answer = Hash64.of(request.value());
    int known = state.clickedAnswers.find(answer);
    if (known >= 0) {
      state.clickedAnswers.replace(known, time, 0);
    } else {
      state.clickedAnswers.add(answer, time, 0);
      state.answeredClicks++;
    }
  }

  private static void addRating(ItemStatisticsState state, long user, long time, double value) {
    int known = state.ratings.find(user);
    if (known < 0) {
      state.ratings.add(user, time, value);
      state.ratingCount++;
      state.ratingSum += value;
      return;
    }
    double before = state.ratings.valueAt(known);
    if (state.ratings.replace(known, time, value)) {
      state.ratingSum += value - before;
    }
  }

  private void addPopularity(ItemStatisticsState state, long time) {
    if (state.popularityAt == Long.MIN_VALUE) {
      state.popularityAt = time;
    } else if (time > state.popularityAt) {
      state.popularity *= decay.weight(time - state.popularityAt);
      state.popularityAt = time;
    }
    state.popularity += decay.weight(state.popularityAt - time);
  }

  /** Counts one showing of the item. */
  public void addImpression(ItemStatisticsState state, long timeMillis) {
    takeOver(state);
    state.frontier = Math.max(state.frontier, timeMillis);
    state.impressions++;
  }

  /** Whether the item has too few interactions for a learned vector to count alone. */
  public boolean isCold(ItemStatisticsState state) {
    return users(state) < prior.coldBelow();
  }

  /** Decayed number of interactions as of an instant, which is not before the frontier. */
  public double popularity(ItemStatisticsState state, long atMillis) {
    return state.popularityAt == Long.MIN_VALUE
        ? 0
        : state.popularity * decay.weight(atMillis - state.popularityAt);
  }

  /** Smoothed click-through rate, in (0, 1). */
  public double ctr(ItemStatisticsState state) {
    long clicks = Math.min(state.answeredClicks, state.impressions);
    return (clicks + prior.ctr() * prior.ctrStrength()) / (state.impressions + prior.ctrStrength());
  }

  /**
   * The row as of the frontier.
   *
   * @param domainMeanRating what mean ratings are shrunk towards
   * @throws IllegalArgumentException if nothing was ever counted
   */
  public FeatureRow row(EntityKey key, ItemStatisticsState state, double domainMeanRating) {
    if (state.frontier == Long.MIN_VALUE) {
      throw new IllegalArgumentException("an item without events has no row, key was " + key);
    }
    double ratingMean =
        (state.ratingSum + prior.ratingStrength() * domainMeanRating)
            / (state.ratingCount + prior.ratingStrength());
    return new FeatureRow(
        key,
        Map.of(
            "impressions", new FeatureValue.Int64(state.impressions),
            "interactions", new FeatureValue.Int64(users(state)),
            "clicks", new FeatureValue.Int64(state.clicks),
            "ctr", new FeatureValue.Float64(ctr(state)),
            "rating_count", new FeatureValue.Int64(state.ratingCount),
            "rating_mean", new FeatureValue.Float64(ratingMean),
            "popularity", new FeatureValue.Float64(popularity(state, state.frontier)),
            "cold", new FeatureValue.Bool(isCold(state))),
        Instant.ofEpochMilli(state.frontier));
  }

  /** The mean rating assumed of a domain of which nothing is known: the middle of its scale. */
  public static double assumedMeanRating(DomainDefinition domain) {
    return (domain.minRating() + domain.maxRating()) / 2;
  }
}
