package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.PopularityList;
import dev.thaw.serving.snapshot.SnapshotFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FusedSourceTest {
  private static final DomainId MOVIES = DomainId.of("movies");

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private final Map<Method, List<Scored>> lists = new HashMap<>();
  private DomainCatalogue movies;

  @BeforeEach
  void fill() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      catalogue.put(
          new CatalogueItem(
              ItemId.of(id),
              MOVIES,
              id,
              "",
              List.of(),
              Map.of(),
              true,
              Instant.parse("2026-04-01T00:00:00Z")));
    }
    movies = catalogue.domains().iterator().next();
  }

  /** Items with their scores, such as {@code a 3}. */
  private void found(Method by, double gate, String... items) {
    List<Scored> list = new ArrayList<>();
    for (String each : items) {
      String[] parts = each.split(" ");
      list.add(
          new Scored(
              Objects.requireNonNull(movies.find(parts[0])),
              Double.parseDouble(parts[1]),
              by.label(),
              gate));
    }
    lists.put(by, list);
  }

  private CandidateSource source(Method method) {
    return new CandidateSource() {
      @Override
      public Method method() {
        return method;
      }

      @Override
      public CompletableFuture<List<Scored>> gather(
          Query query, UserState user, Eligibility eligibility, int wanted) {
        return CompletableFuture.completedFuture(lists.getOrDefault(method, List.of()));
      }
    };
  }

  private List<Scored> gather(boolean hasOwnVector, int wanted) {
    return gather(hasOwnVector, null, 0, wanted);
  }

  /**
   * @param mapped from another domain, null for who is not
   */
  private List<Scored> gather(
      boolean hasOwnVector, UserState.@Nullable MappedVector mapped, int knownLikes, int wanted) {
    UserState.UserVector vector = new UserState.UserVector(new float[] {1}, 0, 1);
    UserState user =
        new UserState(
            History.EMPTY,
            History.EMPTY,
            knownLikes,
            Set.of(),
            Set.of(),
            List.of(),
            hasOwnVector ? vector : null,
            mapped,
            Map.of(),
            List.of(),
            0,
            null,
            null,
            null,
            0);
    Query query =
        new Query(
            RequestId.of("r"),
            new RecommendationRequest(
                UserId.of("u"), MOVIES, 5, Map.of(), List.of(), List.of(), null, false),
            Assignment.NONE,
            Instant.EPOCH,
            SnapshotFixtures.ranks(movies, new PopularityList(List.of(), new double[0]), Map.of()),
            ActiveSet.NONE,
            Duration.ofSeconds(1),
            () -> 0);
    return new FusedSource(
            RoutingPolicy.standard(),
            source(Method.ITEM_TO_ITEM),
            source(Method.FACTORS),
            source(Method.CROSS_DOMAIN))
        .gather(query, user, Eligibility.in(movies, List.of(), List.of(), List.of()), wanted)
        .join();
  }

  private static List<String> ids(List<Scored> found) {
    return found.stream().map(each -> each.item().id().value()).toList();
  }

  @Test
  void bothListsWeighTheSameWhateverTheirScales() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 2.9", "c 1");
    found(Method.FACTORS, 0.7, "d 300", "b 290", "c 100");
    List<Scored> fused = gather(true, 10);
    assertThat(ids(fused)).containsExactly("b", "a", "d", "c");
    assertThat(fused).extracting(Scored::source).containsOnly("fused");
    assertThat(fused.get(0).gate()).as("of the vector").isEqualTo(0.7);
    assertThat(fused.get(1).gate()).isNaN();
    assertThat(ids(gather(true, 2))).containsExactly("b", "a");
  }

  @Test
  void whoHasNoVectorOfTheirOwnIsRankedByTheMappedOne() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 1");
    found(Method.FACTORS, 0.7, "c 3", "b 1");
    found(Method.CROSS_DOMAIN, 0.7, "e 3", "b 1");
    assertThat(ids(gather(true, 10))).contains("c").doesNotContain("e");
    assertThat(ids(gather(false, 10))).contains("e").doesNotContain("c");
  }

  private static UserState.MappedVector mapped(boolean enabled, float @Nullable [] place) {
    return mapped(enabled, place, 9);
  }

  private static UserState.MappedVector mapped(
      boolean enabled, float @Nullable [] place, long interactions) {
    return new UserState.MappedVector(
        new UserState.UserVector(new float[] {1}, 0, interactions),
        place,
        DomainId.of("books"),
        enabled,
        1);
  }

  @Test
  void aPlaceInTheSpaceOfABridgeRanksBesideTheLikesAndWeighsAsOneLike() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 2", "c 1");
    found(Method.FACTORS, 0.7, "e 3", "b 1");
    found(Method.CROSS_DOMAIN, Double.NaN, "c 3", "b 2.9", "d 1");
    UserState.MappedVector placed = mapped(true, new float[] {1});
    assertThat(ids(gather(true, placed, 1, 10))).startsWith("b");
    assertThat(ids(gather(true, placed, 1, 10))).doesNotContain("e");
    assertThat(ids(gather(true, placed, 9, 10))).startsWith("a").doesNotContain("e");
  }

  @Test
  void withoutAPlaceOrWithAShutGateTheOwnVectorRanks() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 1");
    found(Method.FACTORS, 0.7, "c 3", "b 1");
    found(Method.CROSS_DOMAIN, 0.7, "e 3", "b 1");
    assertThat(ids(gather(true, mapped(true, null), 1, 10))).contains("c").doesNotContain("e");
    assertThat(ids(gather(true, mapped(false, new float[] {1}), 1, 10)))
        .contains("c")
        .doesNotContain("e");
  }

  @Test
  void aPlaceOfTooShortASourceHistoryIsNotFused() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 1");
    found(Method.FACTORS, 0.7, "c 3", "b 1");
    found(Method.CROSS_DOMAIN, 0.7, "e 3", "b 1");
    assertThat(ids(gather(true, mapped(true, new float[] {1}, 2), 1, 10)))
        .contains("c")
        .doesNotContain("e");
    assertThat(ids(gather(true, mapped(true, new float[] {1}, 3), 1, 10)))
        .contains("e")
        .doesNotContain("c");
  }

  @Test
  void withoutEitherListThereIsNoAnswer() {
    found(Method.ITEM_TO_ITEM, Double.NaN, "a 3", "b 1");
    assertThat(gather(true, 10)).isEmpty();
    found(Method.FACTORS, 0.7, "c 3", "b 1");
    lists.remove(Method.ITEM_TO_ITEM);
    assertThat(gather(true, 10)).isEmpty();
  }
}
