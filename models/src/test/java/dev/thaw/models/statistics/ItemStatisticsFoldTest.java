package dev.thaw.models.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ItemStatisticsFoldTest {
  private static final StatisticsPrior PRIOR =
      new StatisticsPrior(0.05, 20, 10, Duration.ofDays(1), 50);
  private static final ItemStatisticsFold FOLD = new ItemStatisticsFold(PRIOR);
  private static final EntityKey KEY = EntityKey.of("item_id", "i");
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static Event event(EventType type, long time) {
    return event(type, "u", time);
  }

  private static Event event(EventType type, String user, long time) {
    Event event =
        Event.of(
            EventId.of("e" + time),
            UserId.of(user),
            ItemId.of("i"),
            DomainId.of("movies"),
            type,
            Instant.ofEpochMilli(time));
    return type.equals(EventType.RATING) ? event.withValue(1 + time % 5) : event;
  }

  private static double number(FeatureRow row, String feature) {
    FeatureValue value = row.get(feature).orElseThrow();
    return value instanceof FeatureValue.Int64 n
        ? n.value()
        : ((FeatureValue.Float64) value).value();
  }

  @Property(tries = 200, seed = "401")
  void orderOfArrivalDoesNotMatter(
      @ForAll @Size(max = 40) List<@IntRange(max = 500_000_000) Integer> times) {
    List<EventType> types = EventType.SHIPPED;
    ItemStatisticsState inOrder = new ItemStatisticsState();
    ItemStatisticsState shuffled = new ItemStatisticsState();
    times.forEach(t -> FOLD.add(inOrder, answered(types.get(t % 6), t)));
    Collections.shuffle(times, new Random(3));
    times.forEach(t -> FOLD.add(shuffled, answered(types.get(t % 6), t)));
    assertThat(shuffled).usingRecursiveComparison().ignoringFields("popularity").isEqualTo(inOrder);
    assertThat(shuffled.popularity).isCloseTo(inOrder.popularity, offset(1e-9));
  }

  /** One of seven users, who reacts to one of eleven answers. */
  private static Event answered(EventType type, int time) {
    return event(type, "u" + time % 7, time).inResponseTo(RequestId.of("r" + time % 11), 0, null);
  }

  @Test
  void aShowingThatIsClickedTenTimesIsOneThatWasClicked() {
    ItemStatisticsState state = new ItemStatisticsState();
    for (int i = 0; i < 10; i++) {
      FOLD.addImpression(state, i);
    }
    for (int i = 0; i < 10; i++) {
      FOLD.add(state, event(EventType.CLICK, i).inResponseTo(RequestId.of("r3"), 0, null));
    }
    FeatureRow row = FOLD.row(KEY, state, 3);
    assertThat(number(row, "ctr")).isCloseTo(2 / 30.0, offset(1e-12));
    assertThat(number(row, "clicks")).isEqualTo(10);
  }

  @Test
  void oneUserAloneMakesNoItemWarmHoweverOftenTheyLikeIt() {
    ItemStatisticsState state = new ItemStatisticsState();
    for (int i = 0; i < 500; i++) {
      FOLD.add(state, event(EventType.LIKE, i));
    }
    FeatureRow row = FOLD.row(KEY, state, 3);
    assertThat(number(row, "interactions")).isEqualTo(1);
    assertThat(row.get("cold")).contains(new FeatureValue.Bool(true));
  }

  @Test
  void usersAreCountedExactlyAsFarAsTheGateLooksAndNearlyBeyond() {
    ItemStatisticsState state = new ItemStatisticsState();
    double before = 0;
    for (int i = 0; i < 20_000; i++) {
      FOLD.add(state, event(EventType.LIKE, "user " + i, i));
      FOLD.add(state, event(EventType.LIKE, "user " + i / 2, i));
      double counted = number(FOLD.row(KEY, state, 3), "interactions");
      assertThat(counted).isGreaterThanOrEqualTo(before);
      if (i + 1 < DistinctUsers.MAX) {
        assertThat(counted).isEqualTo(i + 1);
      }
      before = counted;
    }
    double standardError = 1 / Math.sqrt(DistinctUsers.MAX - 2);
    assertThat(before).isCloseTo(20_000, offset(20_000 * 4 * standardError));
    assertThat(state.users.smallest).hasSize(DistinctUsers.MAX);
  }

  @Test
  void whatWasCountedBeforeUsersWereKeptStaysCounted() {
    ItemStatisticsState state = new ItemStatisticsState();
    state.interactions = 3_000;
    state.impressions = 1_000;
    state.clicks = 100;
    state.frontier = 0;
    FOLD.addImpression(state, 1);
    FOLD.add(state, event(EventType.CLICK, 2));
    FeatureRow row = FOLD.row(KEY, state, 3);
    assertThat(number(row, "interactions")).isEqualTo(3_000);
    assertThat(row.get("cold")).contains(new FeatureValue.Bool(false));
    assertThat(number(row, "ctr")).isEqualTo((100 + 0.05 * 20) / (1_001 + 20), offset(1e-12));
  }

  @Test
  void theNewestRatingOfAUserReplacesTheOthers() {
    ItemStatisticsState state = new ItemStatisticsState();
    FOLD.add(state, event(EventType.RATING, "a", 10).withValue(1.0));
    FOLD.add(state, event(EventType.RATING, "a", 30).withValue(5.0));
    FOLD.add(state, event(EventType.RATING, "a", 20).withValue(2.0));
    FOLD.add(state, event(EventType.RATING, "b", 10).withValue(3.0));
    FeatureRow row = FOLD.row(KEY, state, 3);
    assertThat(number(row, "rating_count")).isEqualTo(2);
    assertThat(number(row, "rating_mean")).isCloseTo((5 + 3 + 10 * 3) / 12.0, offset(1e-12));
  }

  @Test
  void whatIsRememberedIsBoundedAndTheNumbersGoOn() {
    ItemStatisticsState state = new ItemStatisticsState();
    int raters = 3 * NewestOfKeys.MAX;
    for (int i = 0; i < raters; i++) {
      RequestId request = RequestId.of("r" + i);
      FOLD.addImpression(state, i);
      FOLD.add(state, event(EventType.CLICK, "u" + i, i).inResponseTo(request, 0, null));
      FOLD.add(state, event(EventType.RATING, "u" + i, i).withValue(4.0));
      FOLD.add(state, event(EventType.RATING, "u" + i, i + 1).withValue(2.0));
    }
    assertThat(state.ratingCount).isEqualTo(raters);
    assertThat(state.ratingSum).isEqualTo(2.0 * raters);
    assertThat(state.answeredClicks).isEqualTo(raters);
    assertThat(state.ratings.keys).hasSize(NewestOfKeys.MAX).isSorted();
    assertThat(state.clickedAnswers.keys).hasSize(NewestOfKeys.MAX).isSorted();
    assertThat(Arrays.stream(state.ratings.times).min())
        .as("the newest")
        .hasValue(raters - NewestOfKeys.MAX + 1);
  }

  @Test
  void popularityHalvesAfterItsHalfLife() {
    ItemStatisticsState state = new ItemStatisticsState();
    FOLD.add(state, event(EventType.CLICK, DAY));
    FOLD.add(state, event(EventType.CLICK, 2 * DAY));
    FOLD.add(state, event(EventType.LIKE, DAY));
    assertThat(number(FOLD.row(KEY, state, 3), "popularity")).isCloseTo(2, offset(1e-12));
    assertThat(FOLD.popularity(state, 4 * DAY)).isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void itemIsColdUntilItsFiftiethInteraction() {
    ItemStatisticsState state = new ItemStatisticsState();
    for (int i = 0; i < 49; i++) {
      FOLD.add(state, event(EventType.RATING, "u" + i, i));
      FOLD.add(state, event(EventType.VIEW, "v" + i, i));
    }
    assertThat(FOLD.row(KEY, state, 3).get("cold")).contains(new FeatureValue.Bool(true));
    FOLD.add(state, event(EventType.RATING, "u49", 49));
    assertThat(FOLD.row(KEY, state, 3).get("cold")).contains(new FeatureValue.Bool(false));
  }

  @Test
  void ratesStartAtThePriorAndFollowTheEvidence() {
    ItemStatisticsState state = new ItemStatisticsState();
    FOLD.addImpression(state, 1_000);
    FeatureRow first = FOLD.row(KEY, state, 3.5);
    assertThat(number(first, "ctr")).isCloseTo(1 / 21.0, offset(1e-12));
    assertThat(number(first, "rating_mean")).isEqualTo(3.5);
    for (int i = 0; i < 999; i++) {
      FOLD.addImpression(state, 2_000);
    }
    for (int i = 0; i < 500; i++) {
      FOLD.add(state, event(EventType.CLICK, 2_000).inResponseTo(RequestId.of("r" + i), 0, null));
      FOLD.add(state, event(EventType.RATING, "u" + i, 4));
    }
    FeatureRow row = FOLD.row(KEY, state, 3.5);
    assertThat(number(row, "ctr")).isCloseTo(0.5, offset(0.01));
    assertThat(number(row, "rating_mean")).isCloseTo(5, offset(0.05));
    assertThat(row.eventTime()).isEqualTo(Instant.ofEpochMilli(2_000));
  }

  @Test
  void clicksFromElsewhereNeverPushTheRateBeyondOne() {
    ItemStatisticsState state = new ItemStatisticsState();
    for (int i = 0; i < 1_000; i++) {
      FOLD.add(state, event(EventType.CLICK, i));
    }
    FeatureRow row = FOLD.row(KEY, state, 3);
    assertThat(number(row, "clicks")).isEqualTo(1_000);
    assertThat(number(row, "ctr")).isCloseTo(0.05, offset(1e-12));
  }

  @Test
  void impossiblePriorsAreRefused() {
    assertThatThrownBy(() -> new StatisticsPrior(1, 20, 10, Duration.ofDays(1), 50))
        .hasMessage("ctr must be in (0, 1), was 1.0");
  }
}
