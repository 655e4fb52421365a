package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
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
 *   <li>An event that names the request earns each {@link RewardDefinition} of its domain that it
 *       counts for. Of several events of a slot the largest counts.
 *   <li>It counts if its time is at most the reward's window after the impression. A clock that
 *       goes wrong by no more than the lateness may put it before the impression.
 *   <li>When the watermark reaches the end of a reward's window, every slot settles for it, with 0
 *       where none came. Nothing settles earlier: a success known at once beside a failure known
 *       only after the window would make young arms look better than they are. Rewards of long
 *       windows settle later than those of short ones.
 *   <li>An event before its impression arrived waits for it, until the watermark is the lateness
 *       past the event's time.
 *   <li>Rejected with a reason: an event that a reward can't measure, that has no impression, of an
 *       item that was not shown, or that comes for every reward it counts for after the window or
 *       after settling; an impression that arrives when it would have been forgotten already, the
 *       longest window and the lateness after its time, as it can't be told from a repeated one.
 * </ol>
 *
 * Duplicates by event id have been dropped before; a repeated impression changes nothing. Immutable
 * and thread-safe; all that changes is in {@link ImpressionRewards}.
 */
public final class ImpressionRewardFold {
  private static final int MAX_WAITING = 64;

  private final DomainDefinitions domains;
  private final RewardWindows windows;
  private final Settlement settlement;
  private final long lateness;
  private final WireFormat<Event> eventForm;
  private final WireFormat<Impression> impressionForm;

  /**
   * @param domains with their rewards
   * @param rewardWindow how long a reward without a window of its own may follow its impression
   * @param lateness how long, behind the watermark, a reward waits for its impression and a settled
   *     request is remembered to name late rewards
   */
  public ImpressionRewardFold(DomainDefinitions domains, Duration rewardWindow, Duration lateness) {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness must be >= 0, was " + lateness);
    }
    this.domains = domains;
    this.windows = new RewardWindows(domains, rewardWindow);
    this.settlement = new Settlement(domains, windows);
    this.lateness = lateness.toMillis();
    this.eventForm = WireFormats.events(domains, WireLimits.DEFAULT);
    this.impressionForm = WireFormats.impressions(domains, WireLimits.DEFAULT);
  }

  /**
   * @param settled slots whose window has closed, each exactly once for each reward
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
    long forgotten = time + windows.longest(impression.domain().value()) + lateness;
    if (forgotten <= watermark) {
      return Result.rejecting(
          new Rejected(
              RecordKind.IMPRESSION,
              impressionForm.writeText(impression),
              time,
              "impression late or repeated: its rewards were settled and forgotten at "
                  + Instant.ofEpochMilli(forgotten)));
    }
    state.requestId = impression.requestId().value();
    state.domain = impression.domain().value();
    state.assignment = impression.assignment();
    state.features = impression.features();
    state.shownAt = time;
    for (Impression.Slot slot : impression.slots()) {
      state.shown.add(
          new Shown(
              slot.slot(),
              slot.itemId().value(),
              slot.source(),
              slot.propensity(),
              Earned.nothing()));
    }
    List<Rejected> rejected = new ArrayList<>();
    for (Waiting reward : state.waiting) {
      String reason = join(state, reward);
      if (reason != null) {
        rejected.add(Rejected.reward(reward.input(), reward.time(), reason));
      }
    }
    state.waiting.clear();
    return new Result(settlement.due(state, watermark), rejected);
  }

  /**
   * Events without a request id and those that earn nothing change nothing.
   *
   * @param event of a known domain
   * @param watermark epoch milliseconds
   */
  public Result onEvent(ImpressionRewards state, Event event, long watermark) {
    if (event.requestId() == null) {
      return Result.NOTHING;
    }
    List<String> reasons = new ArrayList<>();
    Earned earned = Earned.by(event, domains.require(event.domain()), reasons::add);
    if (!earned.isNothing()) {
      String reason = take(state, event, earned, watermark);
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons.isEmpty()
        ? Result.NOTHING
        : Result.rejecting(
            Rejected.reward(
                eventForm.writeText(event), event.timeMillis(), String.join("; ", reasons)));
  }

  /** Null if the event counts or waits, else why it does not. */
  private @Nullable String take(
      ImpressionRewards state, Event event, Earned earned, long watermark) {
    long time = event.timeMillis();
    Waiting reward =
        new Waiting(
            eventForm.writeText(event),
            event.domain().value(),
            event.itemId().value(),
            time,
            earned);
    if (state.requestId != null) {
      return join(state, reward);
    }
    if (time + lateness <= watermark) {
      return withoutImpression();
    }
    if (state.waiting.size() == MAX_WAITING) {
      return "reward without impression; " + MAX_WAITING + " already wait for it";
    }
    state.waiting.add(reward);
    return null;
  }

  /** Null if the reward counts, else why it does not. */
  private @Nullable String join(ImpressionRewards state, Waiting reward) {
    if (!state.domain.isEmpty()
        && !reward.domain().isEmpty()
        && !state.domain.equals(reward.domain())) {
      return "reward of domain " + reward.domain() + " to an answer of domain " + state.domain;
    }
    Shown shown = find(state, reward.itemId());
    if (shown == null) {
      return "reward of an item that was not shown in this answer";
    }
    String reason = "earns no reward of domain " + state.domain;
    boolean counts = false;
    for (RewardDefinition each : windows.rewards(state.domain)) {
      if (reward.earned().counts(each.name())) {
        String why = whyNot(state, reward.time(), each);
        if (why == null) {
          counts = true;
          shown.earned().add(each.name(), reward.earned().amount(each.name()));
        } else {
          reason = why;
        }
      }
    }
    return counts ? null : reason;
  }

  private @Nullable String whyNot(ImpressionRewards state, long time, RewardDefinition definition) {
    long window = windows.of(definition);
    if (state.settled.contains(definition.name())) {
      return "reward arrived after its impression had settled at "
          + Instant.ofEpochMilli(state.shownAt + window);
    }
    if (time > state.shownAt + window) {
      return "reward came "
          + after(state, time)
          + ", the reward window is "
          + Duration.ofMillis(window);
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
      if (shown.itemId().equals(itemId)) {
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
      List<SettledSlot> settled = settlement.due(state, watermark);
      if (nextTimer(state) <= watermark) {
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

  /**
   * The watermark at which {@link #onWatermark} has something to do; {@code Long.MAX_VALUE}: none.
   */
  public long nextTimer(ImpressionRewards state) {
    if (state.requestId != null) {
      long open = settlement.next(state);
      return open == Long.MAX_VALUE
          ? state.shownAt + windows.longest(state.domain) + lateness
          : open;
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
