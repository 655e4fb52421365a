package dev.thaw.models.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.statistics.ImpressionRewardFold.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ImpressionRewardFoldTest {
  private static final long SHOWN = 10_000;
  private static final long WINDOW = 1_000;
  private static final long LATENESS = 300;
  private static final long END = SHOWN + WINDOW;
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final String POSITIVE = RewardDefinition.POSITIVE.name();
  private static final ImpressionRewardFold FOLD =
      new ImpressionRewardFold(
          DomainDefinitions.shipped(), Duration.ofMillis(WINDOW), Duration.ofMillis(LATENESS));

  private static final DecisionFeatures FEATURES = new DecisionFeatures("s", List.of(1f, 0.1f));

  private static Impression impression() {
    return new Impression(
        RequestId.of("r"),
        UserId.of("u"),
        MOVIES,
        Instant.ofEpochMilli(SHOWN),
        "c1",
        "m1",
        "p1",
        Map.of(),
        new EligibleArms(List.of(ItemId.of("a"), ItemId.of("b")), 0),
        List.of(
            new Impression.Slot(0, ItemId.of("a"), 1, 0.25, "bandit"),
            new Impression.Slot(1, ItemId.of("b"), 0.5, 1, "factors")),
        "0",
        "popularity",
        List.of(),
        List.of(),
        Assignment.NONE,
        FEATURES);
  }

  private static Event reward(String item, EventType type, long time) {
    return Event.of(
            EventId.of(type + item + time),
            UserId.of("u"),
            ItemId.of(item),
            MOVIES,
            type,
            Instant.ofEpochMilli(time))
        .inResponseTo(RequestId.of("r"), 0, null);
  }

  private static Result onEvent(ImpressionRewards state, Event event, long watermark) {
    return FOLD.onEvent(state, event, watermark);
  }

  @Test
  void slotsSettleAtTheEndOfTheWindowAndNoEarlier() {
    ImpressionRewards state = FOLD.empty();
    FOLD.onImpression(state, impression(), SHOWN);
    onEvent(state, reward("a", EventType.CLICK, SHOWN + 10), SHOWN);
    onEvent(state, reward("a", EventType.LIKE, SHOWN + 20), SHOWN);
    assertThat(FOLD.nextTimer(state)).isEqualTo(END);
    assertThat(FOLD.onWatermark(state, END - 1)).isEqualTo(Result.NOTHING);

    Result result = FOLD.onWatermark(state, END);

    assertThat(result.settled())
        .containsExactly(
            new SettledSlot(
                RequestId.of("r"),
                MOVIES,
                ItemId.of("a"),
                0,
                "bandit",
                0.25,
                POSITIVE,
                1,
                SHOWN,
                END,
                Assignment.NONE,
                FEATURES),
            new SettledSlot(
                RequestId.of("r"),
                MOVIES,
                ItemId.of("b"),
                1,
                "factors",
                1,
                POSITIVE,
                0,
                SHOWN,
                END,
                Assignment.NONE,
                FEATURES));
    assertThat(FOLD.onWatermark(state, END).settled()).isEmpty();
    assertThat(FOLD.nextTimer(state)).isEqualTo(END + LATENESS);
    FOLD.onWatermark(state, END + LATENESS);
    assertThat(FOLD.isDone(state)).isTrue();
  }

  @Test
  void rewardThatOvertookItsImpressionCounts() {
    ImpressionRewards state = FOLD.empty();
    onEvent(state, reward("b", EventType.LIKE, SHOWN + 5), SHOWN);
    assertThat(FOLD.isDone(state)).isFalse();
    FOLD.onImpression(state, impression(), SHOWN + 10);
    assertThat(FOLD.onWatermark(state, END).settled())
        .extracting(SettledSlot::reward)
        .containsExactly(0.0, 1.0);
  }

  @Test
  void rewardWithoutImpressionIsRejectedAfterWaiting() {
    ImpressionRewards state = FOLD.empty();
    onEvent(state, reward("b", EventType.LIKE, 5_000), 5_000);
    assertThat(FOLD.nextTimer(state)).isEqualTo(5_300);
    Result result = FOLD.onWatermark(state, 5_300);
    assertThat(result.rejected())
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.reason())
                    .isEqualTo("reward without impression; waited PT0.3S for it"));
    assertThat(FOLD.isDone(state)).isTrue();
  }

  @Test
  void rewardsThatCannotCountAreRejectedWithTheReason() {
    ImpressionRewards state = FOLD.empty();
    FOLD.onImpression(state, impression(), SHOWN);
    assertThat(reason(onEvent(state, reward("x", EventType.LIKE, SHOWN + 1), SHOWN)))
        .isEqualTo("reward of an item that was not shown in this answer");
    assertThat(reason(onEvent(state, reward("a", EventType.LIKE, END + 1), SHOWN)))
        .isEqualTo("reward came PT1.001S after its impression, the reward window is PT1S");
    assertThat(reason(onEvent(state, reward("a", EventType.LIKE, SHOWN - 301), SHOWN)))
        .contains("before it was shown");
    assertThat(FOLD.onWatermark(state, END).settled())
        .extracting(SettledSlot::reward)
        .containsExactly(0.0, 0.0);
    assertThat(reason(onEvent(state, reward("a", EventType.LIKE, END), END)))
        .startsWith("reward arrived after its impression had settled at 1970-01-01T00:00:11Z");
  }

  private static String reason(Result result) {
    assertThat(result.settled()).isEmpty();
    return result.rejected().get(0).reason();
  }

  @Test
  void repeatedImpressionSettlesOnceEvenAfterTheStateWasDropped() {
    ImpressionRewards state = FOLD.empty();
    FOLD.onImpression(state, impression(), SHOWN);
    FOLD.onImpression(state, impression(), SHOWN);
    assertThat(FOLD.onWatermark(state, END).settled()).hasSize(2);
    FOLD.onWatermark(state, END + LATENESS);
    assertThat(FOLD.onImpression(state, impression(), END + LATENESS).settled()).isEmpty();
    assertThat(FOLD.isDone(state)).isTrue();
  }

  @Test
  void whatIsRejectedIsKeptAsItCame() {
    Event early = reward("a", EventType.LIKE, SHOWN - 200);
    Event unseen = reward("x", EventType.LIKE, SHOWN + 1);
    ImpressionRewards waiting = FOLD.empty();
    onEvent(waiting, unseen, SHOWN);
    waiting = ImpressionRewards.fromBytes(waiting.toBytes());
    assertThat(event(FOLD.onImpression(waiting, impression(), SHOWN))).isEqualTo(unseen);
    assertThat(event(onEvent(waiting, unseen, SHOWN))).isEqualTo(unseen);
    assertThat(event(onEvent(FOLD.empty(), early, SHOWN + LATENESS))).isEqualTo(early);
  }

  private static Event event(Result result) {
    return WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT)
        .read(result.rejected().get(0).input(), Instant.MAX)
        .orElseThrow();
  }

  @Test
  void anImpressionThatComesTooLateToBeJoinedIsRejectedWithTheReason() {
    ImpressionRewards state = FOLD.empty();
    assertThat(FOLD.onImpression(state.copy(), impression(), END + LATENESS - 1).rejected())
        .isEmpty();
    Result result = FOLD.onImpression(state, impression(), END + LATENESS);
    assertThat(reason(result)).startsWith("impression late or repeated");
    assertThat(result.rejected().get(0).kind()).isEqualTo(RecordKind.IMPRESSION);
    assertThat(
            WireFormats.impressions(DomainDefinitions.shipped(), WireLimits.DEFAULT)
                .read(result.rejected().get(0).input(), Instant.MAX)
                .orElseThrow())
        .isEqualTo(impression());
    assertThat(FOLD.isDone(state)).isTrue();
  }

  record Step(String kind, String item, long time, long gap) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of("impression", "click", "skip", "like", "tick", "click"),
            Arbitraries.of("a", "b", "x"),
            Arbitraries.longs().between(SHOWN - 400, END + 400),
            Arbitraries.longs().between(0, 150))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 400, seed = "421")
  void everySlotSettlesExactlyOnceAndEveryRewardIsUsedOrRejected(
      @ForAll("steps") List<Step> steps) {
    ImpressionRewards state = FOLD.empty();
    List<SettledSlot> settled = new ArrayList<>();
    int rewards = 0;
    int rejected = 0;
    int rewardedSlots = 0;
    boolean shown = false;
    long watermark = SHOWN - 500;
    for (Step step : steps) {
      watermark += step.gap();
      Result result = play(state, step, watermark);
      shown |= step.kind().equals("impression") && watermark < END + LATENESS;
      rewards += step.kind().equals("click") || step.kind().equals("like") ? 1 : 0;
      settled.addAll(result.settled());
      rejected += rejectedRewards(result);
      state = ImpressionRewards.fromBytes(state.copy().toBytes());
    }
    while (!FOLD.isDone(state)) {
      Result result = FOLD.onWatermark(state, FOLD.nextTimer(state));
      settled.addAll(result.settled());
      rejected += rejectedRewards(result);
    }
    for (SettledSlot slot : settled) {
      rewardedSlots += (int) slot.reward();
    }
    assertThat(settled).hasSize(shown ? 2 : 0);
    assertThat(rejected).isLessThanOrEqualTo(rewards);
    assertThat(rewardedSlots).isLessThanOrEqualTo(rewards - rejected);
    if (rewards == rejected) {
      assertThat(rewardedSlots).isZero();
    } else {
      assertThat(rewardedSlots).isPositive();
    }
  }

  private static int rejectedRewards(Result result) {
    return (int)
        result.rejected().stream().filter(each -> each.reason().startsWith("reward")).count();
  }

  private static Result play(ImpressionRewards state, Step step, long watermark) {
    return switch (step.kind()) {
      case "impression" -> FOLD.onImpression(state, impression(), watermark);
      case "tick" -> FOLD.onWatermark(state, watermark);
      default ->
          onEvent(state, reward(step.item(), new EventType(step.kind()), step.time()), watermark);
    };
  }
}
