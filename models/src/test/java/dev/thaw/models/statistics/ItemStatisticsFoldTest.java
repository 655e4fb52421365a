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
    Event event =
        Event.of(
            EventId.of("e" + time),
            UserId.of("u"),
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
    times.forEach(t -> FOLD.add(inOrder, event(types.get(t % 6), t)));
    Collections.shuffle(times, new Random(3));
    times.forEach(t -> FOLD.add(shuffled, event(types.get(t % 6), t)));
    assertThat(shuffled).usingRecursiveComparison().ignoringFields("popularity").isEqualTo(inOrder);
    assertThat(shuffled.popularity).isCloseTo(inOrder.popularity, offset(1e-9));
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
      FOLD.add(state, event(EventType.RATING, i));
      FOLD.add(state, event(EventType.VIEW, i));
    }
    assertThat(FOLD.row(KEY, state, 3).get("cold")).contains(new FeatureValue.Bool(true));
    FOLD.add(state, event(EventType.RATING, 49));
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
      FOLD.add(state, event(EventType.RATING, 4));
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
