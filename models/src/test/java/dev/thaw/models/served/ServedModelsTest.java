package dev.thaw.models.served;

import static dev.thaw.models.served.PlantedTastes.MOVIES;
import static dev.thaw.models.served.PlantedTastes.history;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.PairTest;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.ranking.ScoreFusion;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.segments.SegmentData;
import dev.thaw.models.segments.SegmentTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final DomainId GAMES = new DomainId("games");
  private static final UserId USER = new UserId("new here");

  private static ServedData data;
  private static UserVectors vectors;
  private static ItemToItemEnsembles together;
  private static ServedModels models;
  private static int items;

  @BeforeAll
  static void train() {
    data = PlantedTastes.of(120, 0.9, "books", "games");
    items = data.interactions().items().size();
    Interactions positives = data.positives();
    FactorModel target = factors(positives);
    List<UserVectors.Source> sources = new ArrayList<>();
    for (SourceDomain source : data.sources().values()) {
      FactorModel factors = factors(source.positives());
      BridgeData pair = new BridgeData(source.interactions(), positives, factors, target);
      SplittableRandom random = new SplittableRandom(1);
      Bridge bridge =
          source.interactions().domain().equals(GAMES)
              ? BridgeTrainers.kernel().fit(pair, random)
              : BridgeTrainers.linear().fit(pair, random);
      sources.add(new UserVectors.Source(admittingEverybody(bridge), factors));
    }
    vectors = new UserVectors(target, sources);
    together =
        ItemToItemEnsembles.fit(
            ItemToItemTuning.Choice.of(ItemToItemConfig.DEFAULT),
            positives,
            data.userAttributes(),
            data.scale(),
            1,
            new SplittableRandom(1));
    models =
        new ServedModels(
            data,
            together,
            vectors,
            new SegmentTrainer()
                .fit(
                    new SegmentData(positives, target, Map.of(), List.of()),
                    new SplittableRandom(1)),
            null,
            Map.of());
  }

  private static FactorModel factors(Interactions positives) {
    ImplicitAlsConfig config = new ImplicitAlsConfig(8, 5, 1, 5, 0);
    return FactorTrainers.implicitAls(config, PlantedTastes.SCALE, 1, TrainingProgress.SILENT)
        .fit(positives, new SplittableRandom(2));
  }

  private static GatedBridge admittingEverybody(Bridge bridge) {
    return new GatedBridge(
        bridge,
        new GateDecision(
            true, "ndcg@10", 1, 0, new Interval(1, 1, 1, 1), 1, 2, PairTest.alone(0.001)));
  }

  private static Evidence user(History own, Map<DomainId, History> sources) {
    return new Evidence(USER, own, sources, null);
  }

  private static float[] ranked(Evidence user) {
    float[] scores = new float[items];
    models.route(RoutingPolicy.standard(), null, user, scores);
    return scores;
  }

  private static float[] by(Method method, Evidence user) {
    float[] scores = new float[items];
    assertThat(models.score(RoutingPolicy.standard(), method, user, scores)).isTrue();
    return scores;
  }

  private static float[] popular(Evidence user) {
    return by(Method.POPULARITY, user);
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
    Evidence short2 = user(History.EMPTY, Map.of(BOOKS, history(BOOKS, 0, 2)));
    assertThat(ranked(short2))
        .as("the gate admits it, the routing does not")
        .isEqualTo(popular(short2));
    Evidence short3 = user(History.EMPTY, Map.of(BOOKS, history(BOOKS, 0, 3)));
    assertThat(ranked(short3)).isNotEqualTo(popular(short3));
  }

  @Test
  void theMappedVectorIsBlendedInForFewInteractions() {
    History own = history(MOVIES, 0, 2);
    Evidence both = user(own, Map.of(BOOKS, history(BOOKS, 1, 15)));
    float[] blended = new float[items];
    vectors.score(vectors.blended(both, vectors.own(both).orElseThrow()), blended);
    assertThat(ranked(both)).isEqualTo(blended);
    assertThat(ranked(both)).isNotEqualTo(ranked(user(own, Map.of())));
  }

  @Test
  void whoIsNewIsRankedInTheSpaceOfTheBridgeWhereItHasOne() {
    Evidence player = user(History.EMPTY, Map.of(GAMES, history(GAMES, 1, 15)));
    UserVectors.Placed placed = placed(player);
    float[] expected = new float[items];
    placed.space().score(placed.user(), expected);
    assertThat(ranked(player)).isEqualTo(expected);
    assertThat(by(Method.CROSS_DOMAIN, player)).isEqualTo(expected);
  }

  @Test
  void likesAreFusedWithThatSpaceWhichWeighsLessTheMoreThereAre() {
    for (int likes : List.of(1, 9)) {
      Evidence player = user(history(MOVIES, 0, likes), Map.of(GAMES, history(GAMES, 1, 15)));
      UserVectors.Placed placed = placed(player);
      float[] beside = new float[items];
      placed.space().score(placed.user(), beside);
      float[] own = by(Method.ITEM_TO_ITEM, player);
      ScoreFusion<Integer> fusion = new ScoreFusion<>();
      add(fusion, own, player, 1);
      add(fusion, beside, player, likes == 1 ? 1 : 1 / 3.0);
      float[] fused = by(Method.FUSED, player);
      fusion
          .best()
          .forEach(
              each -> assertThat(fused[each.getKey()]).isEqualTo(each.getValue().floatValue()));
    }
  }

  @Test
  void aPlaceOfTooShortASourceHistoryIsNotFused() {
    History own = history(MOVIES, 0, 2);
    Evidence two = user(own, Map.of(GAMES, history(GAMES, 1, 2)));
    assertThat(placed(two)).as("the gate admits it, the routing does not").isNotNull();
    float[] byVector = new float[items];
    vectors.scoreBlended(two, byVector);
    ScoreFusion<Integer> fusion = new ScoreFusion<>();
    add(fusion, by(Method.ITEM_TO_ITEM, two), two, 1);
    add(fusion, byVector, two, 1);
    float[] fused = by(Method.FUSED, two);
    fusion
        .best()
        .forEach(each -> assertThat(fused[each.getKey()]).isEqualTo(each.getValue().floatValue()));
    Evidence three = user(own, Map.of(GAMES, history(GAMES, 1, 3)));
    float[] byPlace = new float[items];
    vectors.scoreMapped(three, byPlace);
    ScoreFusion<Integer> withPlace = new ScoreFusion<>();
    add(withPlace, by(Method.ITEM_TO_ITEM, three), three, 1);
    add(withPlace, byPlace, three, 1 / Math.sqrt(2));
    float[] longer = by(Method.FUSED, three);
    withPlace
        .best()
        .forEach(each -> assertThat(longer[each.getKey()]).isEqualTo(each.getValue().floatValue()));
  }

  @Test
  void likesAndAPlaceRankTogetherAndAnswersAreNoInteractions() {
    Map<DomainId, History> played = Map.of(GAMES, history(GAMES, 1, 15));
    Evidence met = user(history(MOVIES, 0, 3), played);
    assertThat(ranked(met)).isEqualTo(by(Method.FUSED, met));
    Evidence one = user(answered(1), played);
    assertThat(models.knowledge(one).interactions()).isZero();
    assertThat(models.knowledge(one).knownLikes()).isEqualTo(1);
    assertThat(ranked(one)).isEqualTo(by(Method.CROSS_DOMAIN, one));
    Evidence many = user(answered(15), played);
    assertThat(ranked(many)).as("no 15 interactions").isEqualTo(by(Method.FUSED, many));
  }

  private static History answered(int likes) {
    List<History.Entry> liked = history(MOVIES, 0, likes).entries();
    return History.answered(liked, liked.stream().map(History.Entry::item).toList());
  }

  @Test
  void oneEvidenceIsMappedOnce() {
    Evidence player = user(History.EMPTY, Map.of(GAMES, history(GAMES, 1, 15)));
    assertThat(vectors.mapped(player).orElseThrow()).isSameAs(vectors.mapped(player).orElseThrow());
  }

  private static void add(
      ScoreFusion<Integer> fusion, float[] scores, Evidence user, double weight) {
    Set<ItemId> known =
        user.support().entries().stream().map(History.Entry::item).collect(Collectors.toSet());
    List<Integer> top =
        IntStream.of(
                TopItems.of(
                    scores, 100, item -> !known.contains(data.interactions().items().get(item))))
            .boxed()
            .toList();
    fusion.add(top, top.stream().mapToDouble(item -> scores[item]).toArray(), weight);
  }

  private static UserVectors.Placed placed(Evidence user) {
    return Objects.requireNonNull(vectors.mapped(user).orElseThrow().place());
  }

  @Test
  void whatIsLikedTogetherRanksWithoutABridgeAndFromThreeInteractionsOn() {
    for (int interactions : List.of(1, 3, 15)) {
      History own = history(MOVIES, 0, interactions);
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
    List<History.Entry> disliked = new ArrayList<>();
    for (int taste = 0; taste < 2; taste++) {
      history(MOVIES, taste, 10)
          .entries()
          .forEach(entry -> disliked.add(new History.Entry(entry.item(), 1, entry.timeMillis())));
    }
    Evidence user = user(new History(20, disliked), Map.of(BOOKS, history(BOOKS, 1, 15)));
    assertThat(ranked(user))
        .as("at 20+ the table has no cross-domain route")
        .isEqualTo(popular(user));
  }

  @Test
  void aLearnedTableIsObeyed() {
    Evidence user = user(history(MOVIES, 0, 3), Map.of());
    RoutingTable fused =
        new RoutingTable(
            MOVIES,
            0.95,
            List.of(new RoutingTable.Cell(1, false, Method.FUSED, 100, 0.1, List.of())));
    float[] scores = new float[items];
    models.route(RoutingPolicy.standard(), fused, user, scores);
    assertThat(scores).isEqualTo(by(Method.FUSED, user));
    assertThat(scores).isNotEqualTo(by(Method.ITEM_TO_ITEM, user));
    assertThat(scores).isNotEqualTo(by(Method.FACTORS, user));
  }
}
