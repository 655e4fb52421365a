package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.models.statistics.ImpressionRewards.Shown;
import dev.thaw.models.statistics.ImpressionRewards.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins one request's impression with its rewards; keyed by request id. The rules, in event time:
 *
 * <ol>
 *   <li>A reward is a positive event that names the request. A slot's reward is 1 if one came, at
 *       most once, however many come.
 *   <li>It counts if its time is at most the reward window after the impression. A clock that goes
 *       wrong by no more than the lateness may put it before the impression.
 *   <li>When the watermark reaches the end of the window, every slot settles, with reward 0 where
 *       none came. Nothing settles earlier: a success known at once beside a failure known only
 *       after the window would make young arms look better than they are.
 *   <li>A reward before its impression arrived waits for it, until the watermark is the lateness
 *       past the reward's time.
 *   <li>Rejected with a reason: a reward without impression, of an item that was not shown, after
 *       the window, or after settling; an impression that arrives when it would have been forgotten
 *       already, the window and the lateness after its time, as it can't be told from a repeated
 *       one.
 * </ol>
 *
 * Duplicates by event id have been dropped before; a repeated impression changes nothing. Immutable
 * and thread-safe; all that changes is in {@link ImpressionRewards}.
 */
public final class ImpressionRewardFold {
  private static final int MAX_WAITING = 64;

  private final Duration rewardWindow;
  private final long window;
  private final long lateness;
  private final WireFormat<Event> eventForm;
  private final WireFormat<Impression> impressionForm;

  /**
   * @param rewardWindow how long a reward may follow its impression
   * @param lateness how long, behind the watermark, a reward waits for its impression and a settled
   *     request is remembered to name late rewards
   * @param eventForm of rejected rewards
   * @param impressionForm of rejected impressions
   */
  public ImpressionRewardFold(
      Duration rewardWindow,
      Duration lateness,
      WireFormat<Event> eventForm,
      WireFormat<Impression> impressionForm) {
    if (rewardWindow.toMillis() < 1 || lateness.isNegative()) {
      throw new IllegalArgumentException(
          "reward window must be at least 1 ms and lateness >= 0, were "
              + rewardWindow
              + " and "
              + lateness);
    }
    this.rewardWindow = rewardWindow;
    this.window = rewardWindow.toMillis();
    this.lateness = lateness.toMillis();
    this.eventForm = eventForm;
    this.impressionForm = impressionForm;
  }

  /**
   * @param settled slots whose window has closed, each exactly once
   * @param rejected what could not be used
   */
  public record Result(List<SettledSlot> settled, List<Rejected> rejected) {
    public static final Result NOTHING = new Result(List.of(), List.of());

    public Result {
      settled = List.copyOf(settled);
      rejected = List.copyOf(rejected);
    }

    static Result rejecting(Rejected rejected) {
      return new Result(List.of(), List.of(rejected));
    }
  }

  /**
   * A reward or an impression for the dead letters, and why.
   *
   * @param kind event or impression
   * @param input in its wire form
   */
  public record Rejected(RecordKind kind, String input, long timeMillis, String reason) {
    private static Rejected reward(String input, long timeMillis, String reason) {
      return new Rejected(RecordKind.EVENT, input, timeMillis, reason);
    }
  }

  public ImpressionRewards empty() {
    return new ImpressionRewards();
  }

  /**
   * @param watermark epoch milliseconds
   */
  public Result onImpression(ImpressionRewards state, Impression impression, long watermark) {
    long time = impression.time().toEpochMilli();
    if (state.requestId != null) {
      return Result.NOTHING;
    }
    if (time + window + lateness <= watermark) {
      return Result.rejecting(
          new Rejected(
              RecordKind.IMPRESSION,
              impressionForm.writeText(impression),
              time,
              "impression late or repeated: its rewards were settled and forgotten at "
                  + Instant.ofEpochMilli(time + window + lateness)));
    }
    state.requestId = impression.requestId().value();
    state.shownAt = time;
    for (Impression.Slot slot : impression.slots()) {
      state.shown.add(
          new Shown(slot.slot(), slot.itemId().value(), slot.source(), slot.propensity(), 0));
    }
    List<Rejected> rejected = new ArrayList<>();
    for (Waiting reward : state.waiting) {
      String reason = join(state, reward.itemId(), reward.time());
      if (reason != null) {
        rejected.add(Rejected.reward(reward.input(), reward.time(), reason));
      }
    }
    state.waiting.clear();
    return new Result(settleIfDue(state, watermark), rejected);
  }

  /**
   * Events without a request id and those that are not positive change nothing.
   *
   * @param watermark epoch milliseconds
   */
  public Result onEvent(
      ImpressionRewards state, Event event, DomainDefinition domain, long watermark) {
    if (event.requestId() == null || !domain.isPositive(event)) {
      return Result.NOTHING;
    }
    String itemId = event.itemId().value();
    long time = event.timeMillis();
    if (state.requestId != null) {
      String reason = join(state, itemId, time);
      return reason == null
          ? Result.NOTHING
          : Result.rejecting(Rejected.reward(eventForm.writeText(event), time, reason));
    }
    if (time + lateness <= watermark || state.waiting.size() == MAX_WAITING) {
      return Result.rejecting(
          Rejected.reward(eventForm.writeText(event), time, withoutImpression()));
    }
    state.waiting.add(new Waiting(eventForm.writeText(event), itemId, time));
    return Result.NOTHING;
  }

  /** Null if the reward counts, else why it does not. */
  private @Nullable String join(ImpressionRewards state, String itemId, long time) {
    Shown shown = find(state, itemId);
    if (shown == null) {
      return "reward of an item that was not shown in this answer";
    }
    String reason = whyNot(state, time);
    if (reason == null) {
      shown.reward = 1;
    }
    return reason;
  }

  private @Nullable String whyNot(ImpressionRewards state, long time) {
    if (state.settled) {
      return "reward arrived after its impression had settled at "
          + Instant.ofEpochMilli(state.shownAt + window);
    }
    if (time > state.shownAt + window) {
      return "reward came " + after(state, time) + ", the reward window is " + rewardWindow;
    }
    if (time < state.shownAt - lateness) {
      return "reward came " + after(state, time) + ", before it was shown";
    }
    return null;
  }

  private static String after(ImpressionRewards state, long time) {
    return Duration.ofMillis(time - state.shownAt) + " after its impression";
  }

  private static @Nullable Shown find(ImpressionRewards state, String itemId) {
    for (Shown shown : state.shown) {
      if (shown.itemId.equals(itemId)) {
        return shown;
      }
    }
    return null;
  }

  private String withoutImpression() {
    return "reward without impression; waited " + Duration.ofMillis(lateness) + " for it";
  }

  /** To be called when the watermark reaches {@link #nextTimer}; harmless at any time. */
  public Result onWatermark(ImpressionRewards state, long watermark) {
    if (state.requestId != null) {
      List<SettledSlot> settled = settleIfDue(state, watermark);
      if (state.settled && watermark >= state.shownAt + window + lateness) {
        state.clear();
      }
      return settled.isEmpty() ? Result.NOTHING : new Result(settled, List.of());
    }
    List<Rejected> rejected = new ArrayList<>();
    for (Iterator<Waiting> rewards = state.waiting.iterator(); rewards.hasNext(); ) {
      Waiting reward = rewards.next();
      if (reward.time() + lateness <= watermark) {
        rejected.add(Rejected.reward(reward.input(), reward.time(), withoutImpression()));
        rewards.remove();
      }
    }
    return new Result(List.of(), rejected);
  }

  private List<SettledSlot> settleIfDue(ImpressionRewards state, long watermark) {
    String requestId = state.requestId;
    if (requestId == null || state.settled || watermark < state.shownAt + window) {
      return List.of();
    }
    state.settled = true;
    RequestId request = RequestId.of(requestId);
    List<SettledSlot> settled = new ArrayList<>(state.shown.size());
    for (Shown shown : state.shown) {
      settled.add(
          new SettledSlot(
              request,
              ItemId.of(shown.itemId),
              shown.slot,
              shown.source,
              shown.propensity,
              shown.reward,
              state.shownAt,
              state.shownAt + window));
    }
    return settled;
  }

  /**
   * The watermark at which {@link #onWatermark} has something to do; {@code Long.MAX_VALUE}: none.
   */
  public long nextTimer(ImpressionRewards state) {
    if (state.requestId != null) {
      return state.shownAt + window + (state.settled ? lateness : 0);
    }
    long next = Long.MAX_VALUE;
    for (Waiting reward : state.waiting) {
      next = Math.min(next, reward.time() + lateness);
    }
    return next;
  }

  /** Whether the state may be dropped. */
  public boolean isDone(ImpressionRewards state) {
    return state.requestId == null && state.waiting.isEmpty();
  }
}
