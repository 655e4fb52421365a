package dev.thaw.launcher.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static World world;
  private static Map<ItemId, CatalogueItem> items;

  @BeforeAll
  static void generate() {
    world = World.generate(WorldConfig.demo(42, END));
    items =
        world.items().stream()
            .collect(Collectors.toMap(CatalogueItem::itemId, Function.identity()));
  }

  @Test
  void demoWorldHasTheStatedSizes() {
    assertThat(items).hasSameSizeAs(world.items());
    assertThat(world.events()).hasSizeGreaterThan(200_000);
    for (DomainId domain : List.of(World.MOVIES, World.BOOKS)) {
      assertThat(world.items().stream().filter(i -> i.domain().equals(domain)))
          .hasSizeGreaterThanOrEqualTo(1_500);
      assertThat(usersIn(domain)).hasSize(3_000);
    }
    Set<UserId> inBoth = usersIn(World.MOVIES);
    inBoth.retainAll(usersIn(World.BOOKS));
    assertThat(inBoth).hasSize(2_000);
  }

  @Test
  void eventsAreInOrderOfTimeWithUniqueIdsAndEndBeforeTheEnd() {
    assertThat(world.events()).isSortedAccordingTo(Comparator.comparing(Event::time));
    assertThat(world.events().get(0).time()).isAfterOrEqualTo(END.minus(Duration.ofDays(180)));
    assertThat(world.events().get(world.events().size() - 1).time())
        .isBefore(END)
        .isAfter(END.minus(Duration.ofHours(1)));
    assertThat(world.events().stream().map(Event::eventId).distinct())
        .hasSameSizeAs(world.events());
  }

  @Test
  void sameSeedGivesTheSameWorldAndAnotherSeedAnotherOne() {
    WorldConfig small = small(7);
    assertThat(World.generate(small)).isEqualTo(World.generate(small));
    assertThat(World.generate(small).events()).isNotEqualTo(World.generate(small(8)).events());
  }

  @Test
  void aLargerWorldHasSoManyTimesThePeopleAndItems() {
    WorldConfig small = small(7);
    World larger = World.generate(small.times(2));
    World once = World.generate(small);
    assertThat(larger.items()).hasSize(2 * once.items().size());
    assertThat(larger.users()).hasSize(2 * once.users().size());
    assertThat(larger.events())
        .hasSizeBetween(3 * once.events().size() / 2, 5 * once.events().size() / 2);
    assertThatThrownBy(() -> small.times(0)).hasMessageContaining("1 to 64 times as large, was 0");
  }

  @Test
  void popularityIsSkewed() {
    List<Long> counts =
        world.events().stream()
            .filter(e -> e.domain().equals(World.MOVIES))
            .collect(Collectors.groupingBy(Event::itemId, Collectors.counting()))
            .values()
            .stream()
            .sorted(Comparator.reverseOrder())
            .toList();
    long all = counts.stream().mapToLong(Long::longValue).sum();
    long topTenth = counts.stream().limit(150).mapToLong(Long::longValue).sum();
    assertThat((double) topTenth / all).isBetween(0.25, 0.7);
  }

  @Test
  void ratingsOfTheOwnFavouriteThemeInTheOtherDomainAreHigher() {
    // theme of an item = its first category; a person's favourite = the best-rated one in movies
    Map<String, String> bookOfMovieTheme =
        Themes.shipped().themes().stream()
            .collect(
                Collectors.toMap(
                    t -> t.categories().get("movies"), t -> t.categories().get("books")));
    Map<UserId, Map<String, Double>> movieMeans = meansByCategory(World.MOVIES);
    Map<UserId, Map<String, Double>> bookMeans = meansByCategory(World.BOOKS);
    double sum = 0;
    int people = 0;
    for (var entry : movieMeans.entrySet()) {
      Map<String, Double> books = bookMeans.getOrDefault(entry.getKey(), Map.of());
      String favourite =
          entry.getValue().entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(e -> bookOfMovieTheme.get(e.getKey()))
              .orElseThrow();
      if (books.containsKey(favourite) && books.size() > 3) {
        double mean = books.values().stream().mapToDouble(d -> d).average().orElseThrow();
        sum += books.get(favourite) - mean;
        people++;
      }
    }
    assertThat(people).isGreaterThan(500);
    assertThat(sum / people).isGreaterThan(0.2);
  }

  @Test
  void newItemsHaveNoEventsWithTextAndWithout() {
    Set<ItemId> met = world.events().stream().map(Event::itemId).collect(Collectors.toSet());
    List<CatalogueItem> unmet =
        world.items().stream()
            .filter(i -> !met.contains(i.itemId()))
            .filter(i -> i.time().isAfter(END.minus(Duration.ofDays(1))))
            .toList();
    assertThat(unmet.stream().filter(CatalogueItem::isWithoutMetadata)).hasSize(20);
    assertThat(unmet.stream().filter(i -> !i.isWithoutMetadata())).hasSize(40);
  }

  @Test
  void usersOfEveryStageExistAndSilentOnesHaveAProfile() {
    Map<UserId, Long> interactions =
        world.events().stream()
            .filter(e -> e.domain().equals(World.MOVIES) && e.type().isInteraction())
            .collect(Collectors.groupingBy(Event::userId, Collectors.counting()));
    assertThat(interactions.values()).contains(2L, 5L).anyMatch(n -> n >= 20);
    Set<UserId> active = world.events().stream().map(Event::userId).collect(Collectors.toSet());
    List<UserProfile> silent =
        world.users().stream().filter(u -> !active.contains(u.userId())).toList();
    assertThat(silent).hasSize(40);
    assertThat(silent.stream().filter(u -> !u.onboarding().isEmpty())).hasSize(20);
    assertThat(items)
        .containsKeys(
            silent.stream()
                .flatMap(u -> u.onboarding().stream())
                .map(a -> a.itemId())
                .toArray(ItemId[]::new));
  }

  private static Map<UserId, Map<String, Double>> meansByCategory(DomainId domain) {
    return world.events().stream()
        .filter(e -> e.domain().equals(domain) && e.type().equals(EventType.RATING))
        .collect(
            Collectors.groupingBy(
                Event::userId,
                Collectors.groupingBy(
                    e -> items.get(e.itemId()).categories().get(0),
                    Collectors.averagingDouble(e -> e.value()))));
  }

  private static Set<UserId> usersIn(DomainId domain) {
    return world.events().stream()
        .filter(e -> e.domain().equals(domain))
        .map(Event::userId)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static WorldConfig small(long seed) {
    return new WorldConfig(seed, END, Duration.ofDays(30), 250, 2, 2, 40, 20, 4);
  }
}
