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
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.serving.api.RecommendationRequest;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.PopularityList;
import dev.thaw.serving.snapshot.SnapshotFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetaLearnedSourceTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final int ITEMS = 40;
  private static final History HISTORY =
      new History(
          2,
          List.of(
              new History.Entry(ItemId.of("m1"), 5, 0), new History.Entry(ItemId.of("m2"), 1, 0)));

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private DomainCatalogue movies;
  private MetaModel model;

  @BeforeEach
  void train() {
    // in another order than the model's, with one that it does not know and one not to be had
    for (int i = ITEMS; i >= 0; i--) {
      put("m" + i, i != 7);
    }
    movies = catalogue.domains().iterator().next();
    model =
        MetaTrainer.overBiases(
                MetaConfig.DEFAULT
                    .withSize(4, 8)
                    .withEpochs(2)
                    .withInner(new InnerLoop(AdaptedPart.LATER, 2, 0.1)),
                1,
                TrainingProgress.SILENT)
            .fit(MetaData.of(ratings(), new RatingScale(1, 5, 4)), new SplittableRandom(2));
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

  private static Interactions ratings() {
    SplittableRandom random = new SplittableRandom(4);
    InteractionsBuilder ratings = Interactions.builder(MOVIES);
    for (int user = 0; user < 60; user++) {
      for (int item = 0; item < ITEMS; item++) {
        if (random.nextDouble() < 0.3) {
          var unused =
              ratings.add(UserId.of("u" + user), ItemId.of("m" + item), 1 + random.nextInt(5));
        }
      }
    }
    return ratings.build();
  }

  private List<Scored> gather(@Nullable AdaptedLayers layers, int wanted) {
    List<String> popular = IntStream.range(0, ITEMS).mapToObj(i -> "m" + i).toList();
    double[] counts = IntStream.range(0, ITEMS).mapToDouble(i -> 100 - i).toArray();
    Query query =
        new Query(
            RequestId.of("r"),
            new RecommendationRequest(
                UserId.of("u"), MOVIES, 5, Map.of(), List.of(), List.of(), null, false),
            Assignment.NONE,
            Instant.EPOCH,
            SnapshotFixtures.ranks(movies, new PopularityList(popular, counts), Map.of()),
            new ActiveSet(
                "v",
                Map.of(
                    MOVIES,
                    new DomainModels(
                        null,
                        null,
                        null,
                        Map.of(),
                        PopularityList.EMPTY,
                        null,
                        model,
                        null,
                        List.of())),
                null),
            Duration.ofSeconds(1),
            () -> 0);
    UserState user =
        new UserState(
            HISTORY,
            HISTORY,
            0,
            Set.of(),
            Set.of(),
            List.of(),
            null,
            null,
            Map.of(),
            List.of(),
            0,
            null,
            null,
            new UserState.Adapted(
                layers, new UserKnowledge.Adapted(2, model.version(), model.version())),
            0);
    Eligibility eligibility =
        Eligibility.in(
            movies,
            List.of(),
            HISTORY.entries().stream().map(History.Entry::item).toList(),
            List.of(ItemId.of("m9")));
    return new MetaLearnedSource().gather(query, user, eligibility, wanted).join();
  }

  /** What the model itself says of all items, without candidates. */
  private List<String> evaluated(AdaptedLayers layers, Set<String> without) {
    int[] all = IntStream.range(0, model.items().size()).toArray();
    float[] scores = new float[all.length];
    model.scorer(layers).score(all, scores);
    int[] best =
        TopItems.of(scores, 10, item -> !without.contains(model.items().get(item).value()));
    return Arrays.stream(best).mapToObj(item -> model.items().get(item).value()).toList();
  }

  @Test
  void servedAndEvaluatedTopTensAreTheSame() {
    AdaptedLayers layers = model.adapt(null, HISTORY);
    List<Scored> served = gather(layers, 10);
    assertThat(served)
        .extracting(each -> each.item().id().value())
        .isEqualTo(evaluated(layers, Set.of("m1", "m2", "m7", "m9")));
    assertThat(served.get(0).score())
        .as("a rating, where it is not clipped")
        .isBetween(1.0, 5.0)
        .isCloseTo(
            model.scorer(layers).rating(served.get(0).item().id()),
            org.assertj.core.api.Assertions.within(1e-5));
  }

  @Test
  void withoutLayersOfTheModelThereAreNoCandidates() {
    assertThat(gather(null, 10)).isEmpty();
  }
}
