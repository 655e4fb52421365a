package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ItemToItemTuningTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);

  private static ItemToItemTuning.Choice choose(Interactions data) {
    return new ItemToItemTuning(100, STARS, 1, TrainingProgress.SILENT)
        .choose(data, UserAttributes.NONE, new SplittableRandom(1));
  }

  /** Users like 12 items of one of four tastes, or, without tastes, of all. */
  private static Interactions users(int users, int tastes) {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 30; n++) {
        // squared, so that some items are liked by more
        double place = random.nextDouble() * random.nextDouble();
        ItemId item = new ItemId("m" + u % tastes + "-" + (int) (place * 100 / tastes));
        builder.add(new UserId("u" + u), item, 5, n * 1_000L);
      }
    }
    return builder.build();
  }

  @Test
  void tastesAreFoundWithLittlePopularity() {
    ItemToItemTuning.Choice choice = choose(users(300, 4));
    for (String kind : List.of("first", "few", "many", "answers")) {
      assertThat(choice.metrics().get(kind + "_chosen_at_ndcg@10"))
          .isGreaterThan(1.5 * choice.metrics().get(kind + "_popularity_ndcg@10"));
      assertThat(choice.metrics().get(kind + "_chosen_at_ndcg@10"))
          .isGreaterThanOrEqualTo(choice.metrics().get(kind + "_single_ndcg@10"));
    }
  }

  /** Of tastes apart what is not liked says as much as what is; without tastes nothing does. */
  @Test
  void answersRankFromWhereTheyGain() {
    ItemToItemTuning.Choice apart = choose(users(300, 4));
    assertThat(apart.answersFrom()).isLessThanOrEqualTo(10);
    assertThat(apart.metrics().get("answers_gain_at_10")).isPositive();
    assertThat(apart.of(HistoryKind.ANSWERS).parts())
        .extracting(EnsembleConfig.Part::config)
        .contains(AnswerRegressionConfig.DEFAULT);
    ItemToItemTuning.Choice alike = choose(users(300, 1));
    assertThat(alike.answersFrom()).isEqualTo(HistoryKind.NEVER);
    assertThat(alike.of(HistoryKind.ANSWERS)).isEqualTo(alike.of(HistoryKind.FEW));
  }

  @Test
  void withoutTastesTheChoiceIsAsGoodAsPopularity() {
    ItemToItemTuning.Choice choice = choose(users(300, 1));
    assertThat(choice.metrics().get("few_chosen_at_ndcg@10"))
        .isGreaterThan(0.97 * choice.metrics().get("few_popularity_ndcg@10"));
  }

  /** Hardly anything is liked by two, so that hardly any answer says anything. */
  @Test
  void whereHardlyAnybodyLikesWhatIsAskedAnswersAreRankedAsLikes() {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < 100; u++) {
      for (int n = 0; n < 6; n++) {
        builder.add(new UserId("u" + u), new ItemId("m" + random.nextInt(5_000)), 5, n * 1_000L);
      }
    }
    ItemToItemTuning.Choice choice = choose(builder.build());
    assertThat(choice.metrics()).containsKey("few_chosen_at_ndcg@10");
    assertThat(choice.answersFrom()).isEqualTo(HistoryKind.NEVER);
    assertThat(choice.of(HistoryKind.ANSWERS)).isEqualTo(choice.of(HistoryKind.FEW));
    assertThat(choice.metrics()).doesNotContainKey("answers_chosen_at_ndcg@10");
  }

  @Test
  void ofFewUsersOnlyTheWeightOfPopularityIsChosen() {
    assertThat(parts(users(60, 1))).as("without tastes").hasSize(2);
    assertThat(parts(users(60, 6))).as("tastes apart").containsExactly(1);
    assertThat(choose(users(60, 6)).metrics())
        .containsEntry("validation_users", 60.0)
        .containsKeys("chosen_at_ndcg@10", "usual_ndcg@10");
    assertThat(parts(users(15, 1))).as("too few for that, too").containsExactly(1, 1);
    assertThat(choose(users(15, 1)).metrics()).isEmpty();
  }

  /** Weights of cosine and, where it has a part, popularity, which are alike for all kinds. */
  private static List<Integer> parts(Interactions data) {
    ItemToItemTuning.Choice choice = choose(data);
    assertThat(choice.ensembles()).containsOnly(choice.of(HistoryKind.FIRST));
    List<EnsembleConfig.Part> parts = choice.of(HistoryKind.FIRST).parts();
    assertThat(parts.get(0).config())
        .isEqualTo(new ItemToItemConfig(Similarity.COSINE, 100, 0.5, 0.2, 0));
    return parts.stream().map(EnsembleConfig.Part::weight).toList();
  }

  @Test
  void lambdaOfEaseGrowsWithTheUsersThatItLearnsFrom() {
    Interactions few = users(100, 4);
    assertThat(ItemToItemConfig.ease(100).grown(few, users(300, 4)).strength()).isEqualTo(300);
    assertThat(ItemToItemConfig.cosine(5).grown(few, users(300, 4)))
        .isEqualTo(ItemToItemConfig.cosine(5));
  }

  @Test
  void ofMoreUsersAndItemsThanItCanHoldEaseLearnsFromAsManyAsItSays() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < EaseWeights.MAX_SIDE + 100; u++) {
      builder.add(new UserId("u" + u), new ItemId("m" + u), 5);
    }
    Interactions wide = builder.build();
    assertThat(EaseWeights.learned(wide)).isEqualTo(EaseWeights.MAX_SIDE);
    assertThat(EaseWeights.learned(wide.ofUsers(u -> u.value().endsWith("7")))).isEqualTo(410);
    assertThat(ItemToItemConfig.ease(100).grown(users(100, 4), wide).strength())
        .isEqualTo(100.0 * EaseWeights.MAX_SIDE / 100);
  }
}
