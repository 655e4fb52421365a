package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.served.UserVectors;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DefaultRoutingTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final DomainId GAMES = new DomainId("games");
  private static final UserId USER = new UserId("new here");

  private static UserVectors vectors;
  private static ItemToItemPair together;
  private static DefaultRouting routing;
  private static int items;

  @BeforeAll
  static void train() {
    Experiment experiment = PlantedExperiment.of(100, 1, "books", "games");
    items = experiment.training().items().size();
    FactorModel target = factors(experiment.positives(), experiment.scale());
    List<UserVectors.Source> sources = new ArrayList<>();
    for (SourceDomain source : experiment.sources().values()) {
      FactorModel factors = factors(source.positives(), source.scale());
      GatedBridge trained =
          new BridgeTrainer()
              .fit(
                  new BridgeData(source.interactions(), experiment.positives(), factors, target),
                  new SplittableRandom(1));
      sources.add(new UserVectors.Source(admittingEverybody(trained), factors));
    }
    vectors = new UserVectors(target, sources);
    RankingMethod popularity =
        Named.ranking(
            "popularity",
            (user, out) -> {
              Arrays.fill(out, -1);
              return true;
            });
    together =
        ItemToItemPair.fit(
            new ItemToItemTuning.Choice(
                ItemToItemConfig.DEFAULT, ItemToItemConfig.DEFAULT, Map.of()),
            experiment.positives(),
            experiment.scale(),
            1);
    RankingMethod itemToItem =
        Named.ranking(
            "item-to-item",
            (user, out) -> {
              together.score(user.support(), out);
              return true;
            });
    routing = new DefaultRouting(vectors, together, itemToItem, null, popularity);
  }

  private static FactorModel factors(Interactions positives, RatingScale scale) {
    ImplicitAlsConfig config = new ImplicitAlsConfig(8, 5, 1, 5, 0);
    return FactorTrainers.implicitAls(config, scale, 1, TrainingProgress.SILENT)
        .fit(positives, new SplittableRandom(2));
  }

  private static GatedBridge admittingEverybody(GatedBridge bridge) {
    return new GatedBridge(
        bridge.bridge(), new GateDecision(true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2));
  }

  /** So many liked items of one taste. */
  private static History history(DomainId domain, int taste, int interactions) {
    List<History.Entry> entries = new ArrayList<>();
    for (int n = 0; n < interactions; n++) {
      entries.add(new History.Entry(PlantedExperiment.item(domain, taste, n), 5, n));
    }
    return new History(interactions, entries);
  }

  private static Evidence user(History own, Map<DomainId, History> sources) {
    return new Evidence(USER, own, sources, null);
  }

  private static float[] ranked(Evidence user) {
    float[] scores = new float[items];
    assertThat(routing.score(user, scores)).isTrue();
    return scores;
  }

  private static float[] popular() {
    float[] scores = new float[items];
    Arrays.fill(scores, -1);
    return scores;
  }

  @Test
  void aUserIsMappedFromTheLongestHistoryWhicheverSourceComesFirst() {
    History few = history(BOOKS, 0, 3);
    History many = history(GAMES, 1, 15);
    assertThat(vectors.mapped(user(History.EMPTY, Map.of(BOOKS, few, GAMES, many))))
        .hasValueSatisfying(mapped -> assertThat(mapped.source()).isEqualTo(GAMES));
    assertThat(
            vectors.mapped(
                user(
                    History.EMPTY,
                    Map.of(BOOKS, history(BOOKS, 0, 15), GAMES, history(GAMES, 1, 3)))))
        .hasValueSatisfying(mapped -> assertThat(mapped.source()).isEqualTo(BOOKS));
  }

  @Test
  void aSourceHistoryBelowTheMinimumOfTheRoutingIsNotMapped() {
    assertThat(ranked(user(History.EMPTY, Map.of(BOOKS, history(BOOKS, 0, 2)))))
        .as("the gate admits it, the routing does not")
        .isEqualTo(popular());
    assertThat(ranked(user(History.EMPTY, Map.of(BOOKS, history(BOOKS, 0, 3)))))
        .isNotEqualTo(popular());
  }

  @Test
  void theMappedVectorIsBlendedInForFewInteractions() {
    History own = history(PlantedExperiment.MOVIES, 0, 2);
    Evidence both = user(own, Map.of(BOOKS, history(BOOKS, 1, 15)));
    float[] blended = new float[items];
    vectors.score(vectors.blended(both).orElseThrow(), blended);
    assertThat(ranked(both)).isEqualTo(blended);
    assertThat(ranked(both)).isNotEqualTo(ranked(user(own, Map.of())));
  }

  @Test
  void whatIsLikedTogetherRanksWithoutABridgeAndFromThreeInteractionsOn() {
    for (int interactions : List.of(1, 3, 20)) {
      History own = history(PlantedExperiment.MOVIES, 0, interactions);
      float[] expected = new float[items];
      together.score(own, expected);
      assertThat(ranked(user(own, Map.of()))).as("%d", interactions).isEqualTo(expected);
      if (interactions >= 3) {
        assertThat(ranked(user(own, Map.of(BOOKS, history(BOOKS, 1, 15))))).isEqualTo(expected);
      }
    }
  }

  @Test
  void whoLikedNothingInTwentyInteractionsIsNotMapped() {
    List<History.Entry> disliked =
        history(PlantedExperiment.MOVIES, 0, 20).entries().stream()
            .map(entry -> new History.Entry(entry.item(), 1, entry.timeMillis()))
            .toList();
    assertThat(ranked(user(new History(20, disliked), Map.of(BOOKS, history(BOOKS, 1, 15)))))
        .as("at 20+ the table has no cross-domain route")
        .isEqualTo(popular());
  }
}
