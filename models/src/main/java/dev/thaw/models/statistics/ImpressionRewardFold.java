package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import java.time.Duration;
import java.util.List;

/** Joins one request's impression with its rewards; keyed by request id. */
public final class ImpressionRewardFold {
  /**
   * @param rewardWindow how long a reward may follow its impression, in event time
   * @param lateness how long, behind the watermark, a reward waits for its impression and a settled
   *     request is remembered to name late rewards
   */
  public ImpressionRewardFold(Duration rewardWindow, Duration lateness) {}

  /**
   * @param settled slots whose window has closed, each exactly once
   * @param rejected rewards that could not be used
   */
  public record Result(List<SettledSlot> settled, List<RejectedReward> rejected) {
    public static final Result NOTHING = new Result(List.of(), List.of());

    public Result {
      settled = List.copyOf(settled);
      rejected = List.copyOf(rejected);
    }
  }

  /** A reward for the dead letters, and why. */
  public record RejectedReward(
      String eventId, String requestId, String itemId, long timeMillis, String reason) {}

  public ImpressionRewards empty() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Watermarks in epoch milliseconds. */
  public Result onImpression(ImpressionRewards state, Impression impression, long watermark) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Events without a request id and those that are not positive change nothing. */
  public Result onEvent(
      ImpressionRewards state, Event event, DomainDefinition domain, long watermark) {
    throw new UnsupportedOperationException("not yet");
  }

  public Result onWatermark(ImpressionRewards state, long watermark) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The watermark at which {@link #onWatermark} has something to do. */
  public long nextTimer(ImpressionRewards state) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether the state may be dropped. */
  public boolean isDone(ImpressionRewards state) {
    throw new UnsupportedOperationException("not yet");
  }
}
