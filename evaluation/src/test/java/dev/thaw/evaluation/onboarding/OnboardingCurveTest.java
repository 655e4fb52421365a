package dev.thaw.evaluation.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.measure.Rows;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.served.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OnboardingCurveTest {
  private static final OnboardingCurve CURVE =
      new OnboardingCurve(List.of(1, 5), Extent.WITHOUT_NETWORKS, 1, 7);

  /** Users of one taste each; with the taste as the category of an item. */
  private static Experiment planted() {
    Experiment plain = PlantedExperiment.of(200, 1);
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (ItemId item : plain.training().items().all()) {
      catalogue.put(
          item,
          new CatalogueItem(
              item,
              plain.target(),
              "title",
              "",
              List.of(item.value().substring(0, 3)),
              Map.of(),
              true,
              Instant.EPOCH));
    }
    return new Experiment(
        plain.target(),
        plain.scale(),
        plain.training(),
        plain.sources(),
        plain.test(),
        catalogue,
        plain.profiles(),
        plain.attributes(),
        plain.origin());
  }

  private static Map<String, Figures.Ranking> at(int k, Figures figures) {
    Map<String, Figures.Ranking> rows = new HashMap<>();
    figures.rankings().stream()
        .filter(row -> row.k() == k)
        .forEach(row -> rows.put(row.method(), row));
    return rows;
  }

  @Test
  void answersHelpAndAskingAboutEveryTasteTellsMoreThanAboutItemsOfChance() {
    var outcome = CURVE.measure(planted(), null, (part, done, of) -> {});
    Figures figures = new Rows(outcome.measured(), Bootstrap.DEFAULT, 7).figures();
    Map<String, Figures.Ranking> five = at(5, figures);
    assertThat(five)
        .containsOnlyKeys(
            OnboardingCurve.UNASKED,
            AllQuestions.SERVING,
            AllQuestions.POPULAR,
            AllQuestions.RANDOM,
            AllQuestions.RANDOM_KNOWN,
            AllQuestions.ENTROPY);
    assertThat(five.get(AllQuestions.SERVING).versusPopularity().low()).isPositive();
    assertThat(five.get(OnboardingCurve.UNASKED).answered()).isZero();
    assertThat(at(1, figures).get(OnboardingCurve.UNASKED).ndcg10())
        .as("the question that is left is the same at every count")
        .isEqualTo(five.get(OnboardingCurve.UNASKED).ndcg10());
    assertThat(outcome.skipped()).containsKey(AllQuestions.EVIDENCE);
    assertThat(outcome.chosen().get(AllQuestions.SERVING + ", 5 asked")).contains("known");
  }

  /** Sees the future: likes of the held-out user score highest. */
  private static RankingMethod oracle(Experiment experiment) {
    Map<UserId, HeldOutUser> users = new HashMap<>();
    experiment.test().forEach(user -> users.put(user.user(), user));
    return new RankingMethod() {
      @Override
      public String name() {
        return "oracle";
      }

      @Override
      public boolean score(Evidence user, float[] out) {
        Arrays.fill(out, 0);
        for (History.Entry entry : users.get(user.user()).inOrder()) {
          out[experiment.training().items().indexOf(entry.item())] += (float) entry.strength();
        }
        return true;
      }
    };
  }

  @Test
  void whatAnyWayOfAskingShowsIsInNobodysQuestionThatIsLeft() {
    Experiment experiment = planted();
    Map<String, String> skipped = new TreeMap<>();
    List<Questions> ways = AllQuestions.of(experiment, Extent.WITHOUT_NETWORKS, 1, 7, skipped);
    Interactions training = experiment.training();
    int shownLikes = 0;
    for (HeldOutUser user : experiment.test()) {
      Newcomer newcomer =
          Newcomer.of(user, ways, CURVE.counts(), training.items(), experiment.scale());
      Set<Integer> shown = new HashSet<>();
      for (Questions way : ways) {
        for (int count : CURVE.counts()) {
          List<ItemId> asked = way.ask(user.user(), count);
          assertThat(asked).as(way.name()).hasSize(count).doesNotHaveDuplicates();
          asked.forEach(item -> shown.add(training.items().indexOf(item)));
          shownLikes += newcomer.answer(asked).likes().entries().size();
        }
      }
      assertThat(newcomer.asked().hidden()).isEqualTo(shown);
      assertThat(newcomer.asked().relevant()).doesNotContainAnyElementsOf(shown);
    }
    assertThat(shownLikes).as("there was something to leak").isPositive();
    Measurements measured =
        CURVE.measure(experiment, oracle(experiment), ways, Map.of(), skipped).measured();
    for (RankedUsers each : measured.ranked().get(5)) {
      assertThat(each.users()).isEqualTo(measured.ranked().get(1).get(0).users());
    }
    Figures figures = new Rows(measured, Bootstrap.DEFAULT, 7).figures();
    assertThat(figures.rankings()).allSatisfy(row -> assertThat(row.ndcg10().mean()).isEqualTo(1));
  }

  @Test
  void yesNoAndNotKnownAreWhatTheUserRated() {
    HeldOutUser user =
        new HeldOutUser(
            new UserId("u"),
            List.of(
                new History.Entry(new ItemId("liked"), 5, 3),
                new History.Entry(new ItemId("disliked"), 1, 4)),
            null);
    Experiment experiment = planted();
    Newcomer newcomer =
        Newcomer.of(user, List.of(), List.of(1), experiment.training().items(), experiment.scale());
    List<ItemId> asked =
        List.of(new ItemId("disliked"), new ItemId("not known"), new ItemId("liked"));
    Newcomer.Answers answers = newcomer.answer(asked);
    assertThat(answers.known()).isEqualTo(2);
    History.Entry liked = new History.Entry(asked.get(2), experiment.scale().positive(), 0);
    assertThat(answers.likes()).isEqualTo(History.answered(List.of(liked), asked));
  }

  @Test
  void opinionsThatDifferCountMoreThanMoreOfOneOpinion() {
    InteractionsBuilder ratings = Interactions.builder(PlantedExperiment.MOVIES);
    List<String> items = new ArrayList<>(List.of("agreed", "split", "rare", "never"));
    items.forEach(item -> ratings.addItem(new ItemId(item)));
    for (int u = 0; u < 8; u++) {
      UserId user = new UserId("u" + u);
      ratings.add(user, new ItemId("agreed"), 5, 0);
      if (u < 6) {
        ratings.add(user, new ItemId("split"), 1 + u % 3, 0);
      }
      if (u < 2) {
        ratings.add(user, new ItemId("rare"), 1 + 4 * u, 0);
      }
    }
    assertThat(EntropyTimesPopularity.order(ratings.build()))
        .extracting(ItemId::value)
        .containsExactly("split", "rare", "agreed", "never");
  }

  @Test
  void numbersOfQuestionsStartAtOne() {
    assertThatThrownBy(() -> new OnboardingCurve(List.of(0, 1), Extent.ALL, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1]");
  }
}
