package dev.thaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.Tables;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.served.Evidence;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UsersByKTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final UserId HELD_OUT = new UserId("held-out");

  private static History.Entry entry(int item, double rating) {
    return new History.Entry(item(item), rating, 0);
  }

  private static ItemId item(int number) {
    return new ItemId(String.format("i%02d", number));
  }

  /** Item n is liked by n users, of 20 items; one user is held out. */
  private static Experiment experiment(List<History.Entry> heldOut) {
    InteractionsBuilder training = Interactions.builder(MOVIES);
    for (int item = 0; item < 20; item++) {
      training.addItem(item(item));
      for (int user = 0; user < item; user++) {
        training.add(new UserId("u" + user), item(item), 5);
      }
    }
    return new Experiment(
        MOVIES,
        new RatingScale(1, 5, 4),
        training.build(),
        Map.of(),
        List.of(new HeldOutUser(HELD_OUT, heldOut, null)),
        Map.of(),
        Map.of(),
        List.of(),
        "test");
  }

  static RankingMethod ranking(String name, boolean answers, boolean descending) {
    return new RankingMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean score(Evidence user, float[] out) {
        for (int i = 0; i < out.length; i++) {
          out[i] = descending ? -i : i;
        }
        return answers;
      }
    };
  }

  private static Figures run(
      Experiment experiment, List<Integer> ks, List<RankingMethod> rankings) {
    return new UsersByK(experiment, ks, Bootstrap.DEFAULT, 2, 7)
        .run(rankings, List.of(), (method, k) -> {});
  }

  @Test
  void whatWasAskedAboutIsNeitherRankedNorRelevantAndItsLikesAreTheSupport() {
    // the three most liked are 19, 18 and 17; asked about, the user likes 18 and not 17
    List<List<ItemId>> supports = new CopyOnWriteArrayList<>();
    RankingMethod popularity = ranking("popularity", true, false);
    RankingMethod listening =
        new RankingMethod() {
          @Override
          public String name() {
            return "listening";
          }

          @Override
          public boolean score(Evidence user, float[] out) {
            supports.add(user.support().entries().stream().map(History.Entry::item).toList());
            return popularity.score(user, out);
          }
        };
    Figures figures =
        run(
            experiment(List.of(entry(17, 2), entry(16, 5), entry(18, 5), entry(3, 5))),
            List.of(-3),
            List.of(popularity, listening));
    assertThat(supports).containsExactly(List.of(item(18)));
    Figures.Ranking row = figures.rankings().get(0);
    assertThat(row.users()).isEqualTo(1);
    assertThat(row.mrr().mean()).as("16 comes first").isEqualTo(1);
    assertThat(row.recall10().mean()).as("16 of 16 and 3").isEqualTo(0.5);
    Figures nobody =
        run(experiment(List.of(entry(17, 2), entry(16, 5))), List.of(-3), List.of(popularity));
    assertThat(nobody.rankings().get(0).users()).as("likes none of them").isZero();
  }

  @Test
  void theGivenItemsAreNeitherRankedNorRelevant() {
    // by popularity the list is 19, 18, ...; 19 is given, so 18 is first; relevant: 18 and 3
    Figures figures =
        run(
            experiment(List.of(entry(19, 5), entry(18, 4), entry(17, 2), entry(3, 5))),
            List.of(1),
            List.of(ranking("popularity", true, false)));
    Figures.Ranking row = figures.rankings().get(0);
    assertThat(row.recall10().mean()).isEqualTo(0.5);
    assertThat(row.mrr().mean()).isEqualTo(1);
    // ideal: 1 + 1 / log2(3)
    assertThat(row.ndcg10().mean()).isCloseTo(1 / (1 + Math.log(2) / Math.log(3)), within(1e-12));
    assertThat(row.coverage()).isEqualTo(0.5);
  }

  @Test
  void whereAMethodHasNoAnswerPopularityCounts() {
    Figures figures =
        run(
            experiment(List.of(entry(2, 5), entry(18, 5))),
            List.of(0),
            List.of(ranking("popularity", true, false), ranking("silent", false, true)));
    assertThat(figures.rankings().get(1).answered()).isZero();
    assertThat(figures.rankings().get(1).ndcg10()).isEqualTo(figures.rankings().get(0).ndcg10());
    assertThat(figures.rankings().get(1).versusPopularity().mean()).isZero();
  }

  /** Knows what the held-out users like and gives it this score; all else has zero. */
  private static RankingMethod oracle(
      Experiment experiment, String name, float score, RankingMethod.Role role) {
    Map<UserId, Set<ItemId>> liked = new HashMap<>();
    for (HeldOutUser user : experiment.test()) {
      liked.put(
          user.user(),
          user.inOrder().stream()
              .filter(each -> experiment.scale().isPositive(each.strength()))
              .map(History.Entry::item)
              .collect(Collectors.toSet()));
    }
    return new RankingMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Role role() {
        return role;
      }

      @Override
      public boolean score(Evidence user, float[] out) {
        Arrays.fill(out, 0);
        for (ItemId item : liked.getOrDefault(user.user(), Set.of())) {
          out[experiment.training().items().indexOf(item)] = score;
        }
        return true;
      }
    };
  }

  @Test
  void aHybridThatRoutesToAWorseMethodLosesToTheBestOne() {
    Experiment experiment = PlantedExperiment.of(60, 1);
    RankingMethod popularity = ranking("popularity", true, false);
    RankingMethod good = oracle(experiment, "good", 1, RankingMethod.Role.SINGLE);
    RankingMethod bad = oracle(experiment, "bad", -1, RankingMethod.Role.SINGLE);
    RankingMethod toBad = oracle(experiment, "to bad", -1, RankingMethod.Role.HYBRID);
    RankingMethod toGood = oracle(experiment, "to good", 1, RankingMethod.Role.HYBRID);
    Figures figures = run(experiment, List.of(0), List.of(popularity, bad, good, toBad, toGood));
    assertThat(figures.rankings().get(3).versus())
        .singleElement()
        .satisfies(
            versus -> {
              assertThat(versus.method()).isEqualTo("good");
              assertThat(versus.verdict()).isEqualTo("loses");
              assertThat(versus.difference().mean()).isNegative();
            });
    assertThat(figures.rankings().get(4).versus())
        .singleElement()
        .satisfies(versus -> assertThat(versus.verdict()).isEqualTo("even"));
    StringWriter table = new StringWriter();
    Tables.print(figures, new PrintWriter(table));
    assertThat(table.toString().lines().filter(line -> line.contains("loses to good (-")))
        .singleElement()
        .asString()
        .contains("to bad");
  }

  @Test
  void everyMethodIsComparedWithEachBaselineButItself() {
    Experiment experiment = PlantedExperiment.of(60, 1);
    RankingMethod popularity = oracle(experiment, "popularity", 0, RankingMethod.Role.BASELINE);
    RankingMethod ridge = oracle(experiment, "ridge", 1, RankingMethod.Role.BASELINE);
    RankingMethod content = oracle(experiment, "content", -1, RankingMethod.Role.BASELINE);
    RankingMethod bridge = oracle(experiment, "bridge", 0, RankingMethod.Role.SINGLE);
    List<Figures.Ranking> rows =
        run(experiment, List.of(0), List.of(popularity, ridge, content, bridge)).rankings();
    assertThat(rows.get(0).versus()).isEmpty();
    assertThat(rows.get(1).versus())
        .extracting(Figures.Versus::method, Figures.Versus::verdict)
        .containsExactly(tuple("content", "wins"));
    assertThat(rows.get(3).versus())
        .extracting(Figures.Versus::method)
        .containsExactly("ridge", "content");
    assertThat(rows.get(3).versus().get(0).verdict()).isEqualTo("loses");
  }

  @Test
  void usersWithTooFewInteractionsForAKAreLeftOut() {
    Figures figures =
        run(
            experiment(List.of(entry(2, 5), entry(18, 5))),
            List.of(1, 2),
            List.of(ranking("popularity", true, false)));
    assertThat(figures.rankings()).extracting(Figures.Ranking::users).containsExactly(1, 0);
  }

  @Test
  void ratingErrorsAreThoseOfTheQuery() {
    RatingMethod four =
        new RatingMethod() {
          @Override
          public String name() {
            return "four";
          }

          @Override
          public ToDoubleFunction<ItemId> of(Evidence user) {
            return item -> 4;
          }
        };
    Figures figures =
        new UsersByK(
                experiment(List.of(entry(2, 1), entry(18, 5), entry(4, 2))),
                List.of(1),
                Bootstrap.DEFAULT,
                2,
                7)
            .run(List.of(), List.of(four), (method, k) -> {});
    assertThat(figures.ratings().get(0).mae()).isEqualTo(1.5);
    assertThat(figures.ratings().get(0).rmse()).isCloseTo(Math.sqrt(2.5), within(1e-12));
  }

  @Test
  void predictorsAreComparedWithTheBarUserByUser() {
    Figures figures =
        new UsersByK(
                experiment(List.of(entry(2, 1), entry(18, 5), entry(4, 2))),
                List.of(1),
                Bootstrap.DEFAULT,
                2,
                7)
            .run(List.of(), List.of(constant(4, false), constant(3, true)), (method, k) -> {});
    // errors of the query 5, 2: 1 and 2 against 2 and 1
    assertThat(figures.ratings().get(0).versusBias().mean()).isZero();
    assertThat(figures.ratings().get(1).versusBias()).isNull();
    assertThat(figures.ratings().get(0).ndcg1()).isEqualTo(1);
  }

  static RatingMethod constant(double rating, boolean bar) {
    return new RatingMethod() {
      @Override
      public String name() {
        return "always " + rating;
      }

      @Override
      public boolean isBar() {
        return bar;
      }

      @Override
      public ToDoubleFunction<ItemId> of(Evidence user) {
        return item -> rating;
      }
    };
  }

  @Test
  void theSourcesOfAnExperimentIterateByTheirIds() {
    Experiment experiment = PlantedExperiment.of(40, 1, "toys", "games", "books", "music", "shoes");
    assertThat(List.copyOf(experiment.sources().keySet())).isSorted();
    Evidence user =
        new Evidence(
            HELD_OUT,
            History.EMPTY,
            Map.of(new DomainId("toys"), History.EMPTY, new DomainId("games"), History.EMPTY),
            null);
    assertThat(List.copyOf(user.sources().keySet())).isSorted();
  }

  @Test
  void anExperimentThatTrainedOnAHeldOutUserIsRefused() {
    InteractionsBuilder training = Interactions.builder(MOVIES).add(HELD_OUT, item(1), 5);
    assertThatThrownBy(
            () ->
                new Experiment(
                    MOVIES,
                    new RatingScale(1, 5, 4),
                    training.build(),
                    Map.of(),
                    List.of(new HeldOutUser(HELD_OUT, List.of(entry(1, 5)), null)),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    "test"))
        .hasMessageContaining("held-out user held-out has 1 interactions");
  }
}
