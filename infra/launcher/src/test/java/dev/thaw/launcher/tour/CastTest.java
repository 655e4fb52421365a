package dev.thaw.launcher.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CastTest {
  private static final World WORLD =
      World.generate(
          new WorldConfig(
              3,
              Instant.parse("2026-01-01T00:00:00Z"),
              Duration.ofDays(30),
              250,
              2,
              2,
              300,
              150,
              0));

  @Test
  void everyCaseOfTheGeneratedWorldIsPlayedByOneWhoFitsIt() {
    Cast cast = new Cast();
    WORLD.items().forEach(cast::add);
    WORLD.events().forEach(cast::add);
    DomainId movies = World.MOVIES;

    UserId elsewhere = cast.warmElsewhere(World.BOOKS, movies).orElseThrow();
    assertThat(interactions(movies)).doesNotContainKey(elsewhere);
    assertThat(interactions(World.BOOKS).get(elsewhere)).isGreaterThanOrEqualTo(20);
    assertThat(interactions(movies).get(cast.warmUser(movies).orElseThrow())).isBetween(40, 60);
    assertThat(interactions(movies).get(cast.userWith(movies, 5).orElseThrow())).isEqualTo(5);
    CatalogueItem described = cast.unmet(movies, true).orElseThrow();
    assertThat(described.isWithoutMetadata()).isFalse();
    assertThat(WORLD.events()).noneMatch(e -> e.itemId().equals(described.itemId()));
    assertThat(cast.unmet(movies, false).orElseThrow().isWithoutMetadata()).isTrue();
  }

  @Test
  void viewsAndSkipsAreNoInteractions() {
    Cast cast = new Cast();
    WORLD.items().forEach(cast::add);
    Event seen =
        WORLD.events().stream().filter(e -> e.type().equals(EventType.VIEW)).findFirst().get();
    cast.add(seen);
    assertThat(cast.interactions(seen.domain(), seen.userId())).isZero();
  }

  /** Distinct items by user, counted another way. */
  private static Map<UserId, Integer> interactions(DomainId domain) {
    Set<EventType> counted =
        Set.of(EventType.CLICK, EventType.LIKE, EventType.RATING, EventType.PURCHASE);
    return WORLD.events().stream()
        .filter(e -> e.domain().equals(domain) && counted.contains(e.type()))
        .collect(
            Collectors.groupingBy(
                Event::userId,
                Collectors.collectingAndThen(
                    Collectors.mapping(Event::itemId, Collectors.toSet()), Set::size)));
  }
}
