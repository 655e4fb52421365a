package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.LikedTogether;
import dev.thaw.serving.snapshot.PopularityList;
import dev.thaw.serving.snapshot.SnapshotFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemToItemSourceTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final int ITEMS = 40;

  /**
   * Of no item the model was trained on; the catalogue has them in another order than the model.
   */
  private static final String NEW = "brand new";

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private DomainCatalogue movies;
  private ItemToItemEnsembles model;
  private LikedTogether together;

  /** By factors, as a test says; nobody asks an index here. */
  private List<String> byFactors = List.of();

  @BeforeEach
  void train() {
    put(NEW, true);
    for (int i = ITEMS - 1; i >= 0; i--) {
      if (i != 8) {
        put("m" + i, i != 7);
      }
    }
    movies = catalogue.domains().iterator().next();
    ItemToItemConfig config = ItemToItemConfig.DEFAULT;
    model =
        ItemToItemEnsembles.fit(
            ItemToItemTuning.Choice.of(config),
            likes(),
            UserAttributes.NONE,
            STARS,
            1,
            new SplittableRandom(1));
    together = SnapshotFixtures.together(model, movies);
  }

  private void put(String id, boolean available) {
    catalogue.put(
        new CatalogueItem(
            ItemId.of(id),
            MOVIES,
            id,
            "",
            List.of(),
            Map.of(),
            available,
            Instant.parse("2026-04-01T00:00:00Z")));
  }

  private static Interactions likes() {
    SplittableRandom random = new SplittableRandom(4);
    InteractionsBuilder likes = Interactions.builder(MOVIES);
    for (int user = 0; user < 60; user++) {
      for (int n = 0; n < 8; n++) {
        double place = random.nextDouble() * random.nextDouble();
        likes.add(UserId.of("u" + user), ItemId.of("m" + (int) (place * ITEMS)), 5);
      }
    }
    return likes.addItem(ItemId.of("m39")).build();
  }

  private static History liked(String... items) {
    return new History(
        items.length,
        Arrays.stream(items).map(id -> new History.Entry(ItemId.of(id), 5, 0)).toList());
  }

  private List<Scored> gather(History told, boolean hasVector, int wanted, String... excluded) {
    Query query =
        new Query(
            RequestId.of("r"),
            new RecommendationRequest(
                UserId.of("u"), MOVIES, 5, Map.of(), List.of(), List.of(), null, false),
            Assignment.NONE,
            Instant.EPOCH,
            SnapshotFixtures.ranks(movies, new PopularityList(List.of(), new double[0]), Map.of()),
            new ActiveSet(
                "v",
                Map.of(
                    MOVIES,
                    new DomainModels(
                        null,
                        together,
                        null,
                        Map.of(),
                        PopularityList.EMPTY,
                        null,
                        null,
                        null,
                        List.of())),
                null),
            Duration.ofSeconds(1),
            () -> 0);
    UserState user =
        new UserState(
            told,
            told,
            model.counted(told),
            Set.of(),
            Set.of(),
            List.of(),
            hasVector ? new UserState.UserVector(new float[] {1}, 0, 1) : null,
            null,
            Map.of(),
            List.of(),
            0,
            null,
            null,
            null,
            0);
    Eligibility eligibility =
        Eligibility.in(
            movies,
            List.of(),
            told.entries().stream().map(History.Entry::item).toList(),
            Arrays.stream(excluded).map(ItemId::of).toList());
    return new ItemToItemSource(new ByFactors()).gather(query, user, eligibility, wanted).join();
  }

  private final class ByFactors implements CandidateSource {
    @Override
    public Method method() {
      return Method.FACTORS;
    }

    @Override
    public CompletableFuture<List<Scored>> gather(
        Query query, UserState user, Eligibility eligibility, int wanted) {
      List<Scored> found = new ArrayList<>();
      for (String id : byFactors) {
        found.add(
            new Scored(
                java.util.Objects.requireNonNull(movies.find(id)), -found.size(), "factors", 0));
      }
      return CompletableFuture.completedFuture(found);
    }
  }

  private static List<String> ids(List<Scored> found) {
    return found.stream().map(each -> each.item().id().value()).toList();
  }

  /** What the evaluation ranks: the best scores of items that are known and not in the history. */
  private List<String> evaluated(History told, int wanted, Set<String> without) {
    float[] scores = new float[model.items().size()];
    model.score(told, scores);
    int[] best =
        TopItems.of(
            scores,
            wanted,
            item -> model.knows(item) && !without.contains(model.items().get(item).value()));
    return Arrays.stream(best).mapToObj(item -> model.items().get(item).value()).toList();
  }

  @Test
  void servedAndEvaluatedTopTensAreTheSame() {
    for (History told : List.of(liked("m1"), liked("m0", "m3", "m12", "m20", "m4", "m9", "m2"))) {
      Set<String> without = new java.util.HashSet<>(List.of("m7", "m8", "m2"));
      told.entries().forEach(entry -> without.add(entry.item().value()));
      assertThat(ids(gather(told, false, 10, "m2"))).isEqualTo(evaluated(told, 10, without));
    }
  }

  @Test
  void anItemNobodyHadLikedTakesThePlaceThatFactorsGiveItAndMovesTheOthersDown() {
    History told = liked("m1", "m5");
    List<String> known = ids(gather(told, false, 10));
    byFactors = List.of("m2", "m3", NEW, "m4", "m39");
    List<Scored> with = gather(told, true, 10);
    List<String> expected = new ArrayList<>(known);
    expected.add(2, NEW);
    expected.add(4, "m39");
    assertThat(ids(with)).isEqualTo(expected.subList(0, 10));
    assertThat(with)
        .extracting(Scored::score)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(with.get(2).source()).isEqualTo("factors");
    assertThat(with.get(3).source()).isEqualTo("item-to-item");
  }

  @Test
  void withoutAVectorNewItemsAreLeftToTheBandit() {
    byFactors = List.of(NEW);
    assertThat(ids(gather(liked("m1"), false, 50))).doesNotContain(NEW, "m39");
  }

  @Test
  void itemsThatComeOrBecomeAvailableLaterAreFound() {
    History told = liked("m1");
    assertThat(ids(gather(told, false, 50))).doesNotContain("m7", "m8");
    put("m7", true);
    put("m8", true);
    assertThat(ids(gather(told, false, 50))).contains("m7", "m8");
  }
}
