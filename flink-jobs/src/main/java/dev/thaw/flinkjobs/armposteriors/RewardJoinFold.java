package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.models.statistics.ImpressionRewardFold;
import dev.thaw.models.statistics.ImpressionRewardFold.Rejected;
import dev.thaw.models.statistics.ImpressionRewards;
import dev.thaw.models.statistics.SettledSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins impressions with rewards by request; slots leave when the window of a reward has closed.
 */
final class RewardJoinFold implements KeyedFold<RequestActivity, ImpressionRewards, SettledSlot> {
  private static final long serialVersionUID = 1L;

  private final DomainDefinitions domains;
  private final Duration rewardWindow;
  private final Duration lateness;
  private transient @Nullable ImpressionRewardFold compiled;

  RewardJoinFold(DomainDefinitions domains, Duration rewardWindow, Duration lateness) {
    this.domains = domains;
    this.rewardWindow = rewardWindow;
    this.lateness = lateness;
  }

  private ImpressionRewardFold fold() {
    if (compiled == null) {
      compiled = new ImpressionRewardFold(domains, rewardWindow, lateness);
    }
    return compiled;
  }

  @Override
  public ImpressionRewards empty() {
    return fold().empty();
  }

  @Override
  public boolean add(
      String requestId,
      ImpressionRewards state,
      RequestActivity activity,
      FoldContext<SettledSlot> context) {
    Impression impression = activity.impression;
    if (impression != null) {
      give(requestId, fold().onImpression(state, impression, context.watermark()), context);
    }
    Event event = activity.event;
    if (event != null) {
      give(requestId, fold().onEvent(state, event, context.watermark()), context);
    }
    return false;
  }

  @Override
  public boolean onTimer(
      String requestId, ImpressionRewards state, long time, FoldContext<SettledSlot> context) {
    give(requestId, fold().onWatermark(state, time), context);
    return false;
  }

  private static void give(
      String requestId, ImpressionRewardFold.Result result, FoldContext<SettledSlot> context) {
    result.settled().forEach(context::collect);
    for (Rejected rejected : result.rejected()) {
      context.reject(
          DeadLetter.ofJob(
              ArmPosteriors.JOB,
              rejected.kind(),
              new Rejection("request_id", requestId, rejected.reason()),
              rejected.input().getBytes(StandardCharsets.UTF_8),
              Instant.ofEpochMilli(rejected.timeMillis())));
    }
  }

  @Override
  public long nextTimer(String requestId, ImpressionRewards state) {
    return fold().nextTimer(state);
  }

  @Override
  public boolean isEmpty(String requestId, ImpressionRewards state, long watermark) {
    return fold().isDone(state);
  }

  @Override
  public void emit(String requestId, ImpressionRewards state, FoldContext<SettledSlot> context) {
    throw new IllegalStateException("slots leave at once, nothing is left of " + requestId);
  }
}
