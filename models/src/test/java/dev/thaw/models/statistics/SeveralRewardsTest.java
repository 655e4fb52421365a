package dev.thaw.models.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
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
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.statistics.ImpressionRewardFold.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A domain whose clicks settle after a second and whose purchases after ten. */
class SeveralRewardsTest {
  private static final long SHOWN = 10_000;
  private static final long LATENESS = 300;
  private static final long CLICKS_SETTLE = SHOWN + 1_000;
  private static final long PURCHASES_SETTLE = SHOWN + 10_000;
  private static final DomainId SHOP = DomainId.of("shop");
  private static final Assignment BOLDER = new Assignment("floors", "bolder");
  private static final ImpressionRewardFold FOLD =
      fold(Duration.ofSeconds(10), Duration.ofSeconds(1));

  private static ImpressionRewardFold fold(Duration purchases, Duration clicks) {
    return new ImpressionRewardFold(
        DomainDefinitions.of(
            List.of(
                new DomainDefinition(
                    SHOP,
                    1,
                    5,
                    4,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(
                        new RewardDefinition(
                            "spend",
                            List.of(EventType.PURCHASE),
                            new RewardDefinition.UpTo("value", 50),
                            purchases,
                            null),
                        new RewardDefinition(
                            "click",
                            List.of(EventType.CLICK, EventType.PURCHASE),
                            new RewardDefinition.Whole(),
                            null,
                            null))),
                new DomainDefinition(
                    DomainId.of("books"), 1, 5, 4, List.of(EventType.CLICK), List.of(), List.of())),
            List.of()),
        clicks,
        Duration.ofMillis(LATENESS));
  }

  private static Impression impression() {
    return new Impression(
        RequestId.of("r"),
        UserId.of("u"),
        SHOP,
        Instant.ofEpochMilli(SHOWN),
        "c1",
        "m1",
        "p1",
        Map.of(),
        new EligibleArms(List.of(ItemId.of("a")), 0),
        List.of(new Impression.Slot(0, ItemId.of("a"), 1, 0.25, "bandit")),
        "0",
        "popularity",
        List.of(),
        List.of(),
        BOLDER,
        DecisionFeatures.NONE);
  }

  private static Event event(EventType type, long time) {
    return Event.of(
            EventId.of(type.name() + time),
            UserId.of("u"),
            ItemId.of("a"),
            SHOP,
            type,
            Instant.ofEpochMilli(time))
        .inResponseTo(RequestId.of("r"), 0, null);
  }

  private static Event purchase(double amount, long time) {
    return event(EventType.PURCHASE, time).withValue(amount);
  }

  private static ImpressionRewards shown() {
    ImpressionRewards state = FOLD.empty();
    FOLD.onImpression(state, impression(), SHOWN);
    return state;
  }

  private static ImpressionRewards stored(ImpressionRewards state) {
    return ImpressionRewards.fromBytes(state.copy().toBytes());
  }

  @Test
  void eachRewardSettlesAtTheEndOfItsOwnWindow() {
    ImpressionRewards state = shown();
    assertThat(FOLD.nextTimer(state)).isEqualTo(CLICKS_SETTLE);
    FOLD.onEvent(state, event(EventType.CLICK, SHOWN + 10), SHOWN);
    assertThat(FOLD.onWatermark(state, CLICKS_SETTLE).settled())
        .singleElement()
        .satisfies(
            slot -> {
              assertThat(slot.rewardName()).isEqualTo("click");
              assertThat(slot.reward()).isEqualTo(1);
              assertThat(slot.settledAt()).isEqualTo(CLICKS_SETTLE);
              assertThat(slot.assignment()).isEqualTo(BOLDER);
              assertThat(slot.domain()).isEqualTo(SHOP);
            });
    state = stored(state);
    assertThat(FOLD.nextTimer(state)).isEqualTo(PURCHASES_SETTLE);
    FOLD.onEvent(state, purchase(10, SHOWN + 5_000), CLICKS_SETTLE);
    FOLD.onEvent(state, purchase(20, SHOWN + 6_000), CLICKS_SETTLE);
    FOLD.onEvent(state, purchase(20, SHOWN + 6_000), CLICKS_SETTLE);
    state = stored(state);
    assertThat(FOLD.onWatermark(state, PURCHASES_SETTLE).settled())
        .singleElement()
        .satisfies(
            slot -> {
              assertThat(slot.rewardName()).isEqualTo("spend");
              assertThat(slot.reward()).as("of several the largest").isEqualTo(0.4);
              assertThat(slot.settledAt()).isEqualTo(PURCHASES_SETTLE);
            });
    FOLD.onWatermark(state, FOLD.nextTimer(state));
    assertThat(FOLD.isDone(state)).isTrue();
  }

  @Test
  void anEventThatIsTooLateForOneRewardCountsForTheOther() {
    ImpressionRewards state = shown();
    FOLD.onWatermark(state, CLICKS_SETTLE);
    assertThat(FOLD.onEvent(state, purchase(50, SHOWN + 2_000), CLICKS_SETTLE))
        .isEqualTo(Result.NOTHING);
    Result late = FOLD.onEvent(state, event(EventType.CLICK, SHOWN + 2_000), CLICKS_SETTLE);
    assertThat(late.rejected())
        .singleElement()
        .satisfies(
            each -> assertThat(each.reason()).startsWith("reward arrived after its impression"));
    assertThat(FOLD.onWatermark(state, PURCHASES_SETTLE).settled().get(0).reward()).isEqualTo(1);
  }

  @Test
  void whatOneRewardCannotMeasureIsSaidAndCountsForTheOther() {
    ImpressionRewards state = shown();
    assertThat(FOLD.onEvent(state, event(EventType.PURCHASE, SHOWN + 10), SHOWN))
        .as("an amount nobody told")
        .isEqualTo(Result.NOTHING);
    Result negative = FOLD.onEvent(state, purchase(-5, SHOWN + 20), SHOWN);
    assertThat(negative.rejected())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason())
                    .isEqualTo("reward spend: value of a reward must be >= 0, was -5.0"));
    assertThat(FOLD.onWatermark(state, PURCHASES_SETTLE).settled())
        .extracting(SettledSlot::rewardName, SettledSlot::reward)
        .containsExactly(tuple("click", 1.0), tuple("spend", 0.0));
  }

  @Test
  void aSlotSettlesOnceThoughWindowsChangeAtARestart() {
    ImpressionRewards state = shown();
    FOLD.onWatermark(state, CLICKS_SETTLE);
    ImpressionRewardFold longer = fold(Duration.ofSeconds(5), Duration.ofMillis(500));
    state = stored(state);
    assertThat(longer.onWatermark(state, SHOWN + 5_000).settled())
        .extracting(SettledSlot::rewardName)
        .as("a window that is shorter than what has passed, and one that was over")
        .containsExactly("spend");
    longer.onWatermark(state, longer.nextTimer(state));
    assertThat(longer.isDone(state)).isTrue();
  }

  @Test
  void aRewardOfAnotherDomainIsNone() {
    Result result =
        FOLD.onEvent(
            shown(),
            Event.of(
                    EventId.of("e"),
                    UserId.of("u"),
                    ItemId.of("a"),
                    DomainId.of("books"),
                    EventType.CLICK,
                    Instant.ofEpochMilli(SHOWN + 1))
                .inResponseTo(RequestId.of("r"), 0, null),
            SHOWN);
    assertThat(result.rejected().get(0).reason())
        .isEqualTo("reward of domain books to an answer of domain shop");
  }

  /** As it was written before there were several rewards: one amount, whether it had settled. */
  @Test
  void aStateOfOneRewardIsTakenUp() {
    byte[] bytes =
        new BinaryWriter(64)
            .writeByte('I')
            .writeByte(2)
            .writeText("r")
            .writeSigned(SHOWN)
            .writeByte(0)
            .writeCount(1)
            .writeCount(0)
            .writeText("a")
            .writeText("bandit")
            .writeDouble(0.25)
            .writeDouble(1)
            .writeCount(0)
            .toByteArray();
    ImpressionRewards state = ImpressionRewards.fromBytes(bytes);
    assertThat(FOLD.nextTimer(state)).isEqualTo(CLICKS_SETTLE);
    assertThat(FOLD.onWatermark(stored(state), CLICKS_SETTLE).settled())
        .singleElement()
        .satisfies(
            slot -> {
              assertThat(slot.rewardName()).isEqualTo("positive");
              assertThat(slot.reward()).isEqualTo(1);
              assertThat(slot.domain()).isEqualTo(DomainId.of("books"));
              assertThat(slot.propensity()).isEqualTo(0.25);
            });
  }

  @Test
  void aRewardThatOvertookItsImpressionCountsForAllItIs() {
    ImpressionRewards state = FOLD.empty();
    FOLD.onEvent(state, purchase(25, SHOWN + 5), SHOWN);
    state = stored(state);
    FOLD.onImpression(state, impression(), SHOWN + 10);
    assertThat(FOLD.onWatermark(state, PURCHASES_SETTLE).settled())
        .extracting(SettledSlot::reward)
        .containsExactly(1.0, 0.5);
  }

  @Test
  void aDamagedStateIsNamed() {
    byte[] bytes = shown().toBytes();
    bytes[1] = 9;
    assertThatThrownBy(() -> ImpressionRewards.fromBytes(bytes))
        .hasMessage("impression rewards must have a version in [1, 3], was 9");
  }
}
