package dev.thaw.models.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HistoryFoldTest {
  private static final DomainDefinition MOVIES =
      new DomainDefinition(
          DomainId.of("movies"), 1, 5, 4, List.of(EventType.LIKE), List.of(), List.of());
  private static final EntityKey KEY = EntityKey.of("user_id", "u", "domain", "movies");

  private static Event event(String type, int item, double rating, long time) {
    Event event =
        Event.of(
            EventId.of(type + item + time),
            UserId.of("u"),
            ItemId.of("i" + item),
            MOVIES.name(),
            new EventType(type),
            Instant.ofEpochMilli(time));
    return type.equals("rating") ? event.withValue(rating) : event;
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.of("view", "click", "like", "rating", "purchase", "skip"),
            Arbitraries.integers().between(0, 14),
            Arbitraries.integers().between(1, 5),
            Arbitraries.longs().between(1_000, 1_040))
        .as((type, item, rating, time) -> event(type, item, rating, time))
        .list()
        .ofMaxSize(60);
  }

  private static History reference(List<Event> events) {
    // the newest rating if there is any, else the newest interaction; seen at the newest of all
    Map<ItemId, History.Entry> newest = new HashMap<>();
    Comparator<History.Entry> newer =
        Comparator.comparing(History.Entry::timeMillis).thenComparing(History.Entry::strength);
    for (boolean ratings : new boolean[] {false, true}) {
      Map<ItemId, History.Entry> some = new HashMap<>();
      for (Event event : events) {
        if (!ratings || event.type().equals(EventType.RATING)) {
          MOVIES
              .strength(event)
              .ifPresent(
                  s ->
                      some.merge(
                          event.itemId(),
                          new History.Entry(event.itemId(), s, event.timeMillis()),
                          (a, b) -> newer.compare(a, b) >= 0 ? a : b));
        }
      }
      some.forEach(
          (item, entry) ->
              newest.merge(
                  item,
                  entry,
                  (all, rated) -> new History.Entry(item, rated.strength(), all.timeMillis())));
    }
    List<History.Entry> entries =
        newest.values().stream()
            .sorted(
                Comparator.comparing(History.Entry::timeMillis)
                    .reversed()
                    .thenComparing(History.Entry::item))
            .toList();
    return new History(entries.size(), entries);
  }

  private static HistoryState fold(HistoryFold fold, List<Event> events) {
    HistoryState state = fold.empty();
    for (Event event : events) {
      fold.add(state, event, MOVIES);
    }
    return state;
  }

  @Property(tries = 300, seed = "301")
  void historyEqualsTheReferenceInAnyOrderOfArrival(@ForAll("events") List<Event> events) {
    HistoryFold fold = HistoryFold.standard();
    assertThat(fold(fold, events).history()).isEqualTo(reference(events));
    Collections.shuffle(events, new Random(events.size()));
    assertThat(fold(fold, events).history()).isEqualTo(reference(events));
  }

  @Property(tries = 300, seed = "302")
  void boundedHistoryListsTheNewestAndCountsToItsBound(@ForAll("events") List<Event> events) {
    HistoryFold fold = new HistoryFold(4, 8);
    History exact = reference(events);

    History bounded = fold(fold, events).history();

    assertThat(bounded.interactions()).isEqualTo(Math.min(8, exact.interactions()));
    assertThat(bounded.entries())
        .extracting(History.Entry::item, History.Entry::timeMillis)
        .as("an item that fell out has lost its rating, not its place")
        .isEqualTo(
            exact.entries().stream()
                .limit(4)
                .map(each -> tuple(each.item(), each.timeMillis()))
                .toList());
  }

  @Property(tries = 200, seed = "303")
  void restoredEqualsUninterrupted(@ForAll("events") List<Event> events) {
    HistoryFold fold = new HistoryFold(4, 8);
    HistoryState state = fold(fold, events);
    HistoryState restored = fold.empty();
    for (Event event : events) {
      restored = HistoryState.fromBytes(restored.copy().toBytes());
      fold.add(restored, event, MOVIES);
    }
    assertThat(restored.history()).isEqualTo(state.history());
    assertThat(restored.frontier()).isEqualTo(state.frontier());
  }

  @Test
  void changeIsReportedExactlyWhenTheRowChanges() {
    HistoryFold fold = HistoryFold.standard();
    HistoryState state = fold.empty();
    assertThat(fold.add(state, event("view", 1, 0, 1_000), MOVIES)).isFalse();
    assertThat(fold.add(state, event("click", 1, 0, 1_000), MOVIES)).isTrue();
    assertThat(fold.add(state, event("like", 1, 0, 900), MOVIES)).isFalse();
    assertThat(fold.add(state, event("rating", 1, 2, 1_100), MOVIES)).isTrue();
    assertThat(fold.add(state, event("rating", 1, 3, 1_050), MOVIES)).isFalse();
    assertThat(state.history().entries())
        .containsExactly(new History.Entry(ItemId.of("i1"), 2, 1_100));
    assertThat(state.interactions()).isEqualTo(1);
  }

  @Test
  void aRatingHoldsUntilTheNextOneHoweverOftenTheItemIsClicked() {
    HistoryFold fold = HistoryFold.standard();
    HistoryState state = fold.empty();
    fold.add(state, event("rating", 1, 1, 1_000), MOVIES);
    fold.add(state, event("click", 1, 0, 1_100), MOVIES);
    fold.add(state, event("purchase", 1, 0, 1_200), MOVIES);
    assertThat(state.history().entries())
        .containsExactly(new History.Entry(ItemId.of("i1"), 1, 1_200));
    fold.add(state, event("rating", 1, 5, 1_150), MOVIES);
    assertThat(state.history().entries())
        .containsExactly(new History.Entry(ItemId.of("i1"), 5, 1_200));
  }

  @Test
  void rowThereAndBack() {
    HistoryFold fold = HistoryFold.standard();
    HistoryState state =
        fold(fold, List.of(event("like", 1, 0, 1_000), event("rating", 2, 3.5, 1_500)));
    FeatureRow row = fold.row(KEY, state);
    assertThat(row.eventTime()).isEqualTo(Instant.ofEpochMilli(1_500));
    assertThat(History.of(row)).isEqualTo(state.history());
    assertThat(row.get("item_ids")).contains(new FeatureValue.Texts(List.of("i2", "i1")));
  }

  @Test
  void tornRowsAndBytesAreRefused() {
    FeatureRow torn =
        new FeatureRow(
            KEY,
            Map.of(
                "interactions",
                new FeatureValue.Int64(2),
                "item_ids",
                new FeatureValue.Texts(List.of("a", "b")),
                "strengths",
                FeatureValue.Float64s.copyOf(1),
                "times",
                FeatureValue.Int64s.copyOf(1, 2)),
            Instant.EPOCH);
    assertThatThrownBy(() -> History.of(torn))
        .hasMessageContaining("2 item_ids, 1 strengths and 2 times");
    assertThatThrownBy(() -> HistoryState.fromBytes(new byte[] {'H', 1}))
        .hasMessageContaining("version 2 at byte 1, was 1");
    assertThatThrownBy(() -> new HistoryFold(5, 4)).hasMessageContaining("5 and 4");
  }
}
