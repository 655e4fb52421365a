package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.EnsembleConfig.Part;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.served.CatalogueRanker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What was asked in onboarding, liked or not, ranks by an ensemble of its own. */
class AnswersEnsembleTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final int ITEMS = 12;
  private static final Interactions DATA = tastes();
  private static final EnsembleConfig LIKES = EnsembleConfig.of(ItemToItemConfig.cosine(ITEMS));
  private static final EnsembleConfig ANSWERS =
      new EnsembleConfig(
          List.of(
              new Part(ItemToItemConfig.cosine(ITEMS), 1),
              new Part(new AnswerRegressionConfig(5, 8), 3)));

  /** Three of four users like most of the first six items, the fourth most of the others. */
  private static Interactions tastes() {
    SplittableRandom random = new SplittableRandom(8);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int i = 0; i < ITEMS; i++) {
      builder.addItem(item(i));
    }
    for (int u = 0; u < 80; u++) {
      int first = u % 4 == 3 ? 6 : 0;
      for (int i = first; i < first + 6; i++) {
        if (random.nextInt(4) > 0) {
          builder.add(new UserId("u" + u), item(i), 5, 0);
        }
      }
    }
    return builder.build();
  }

  private static ItemId item(int number) {
    return new ItemId("i" + number);
  }

  private static int place(int number) {
    return DATA.items().indexOf(item(number));
  }

  private static ItemToItemEnsembles fit(int answersFrom) {
    return ItemToItemEnsembles.fit(
        new ItemToItemTuning.Choice(List.of(LIKES, LIKES, LIKES, ANSWERS), answersFrom, Map.of()),
        DATA,
        UserAttributes.NONE,
        STARS,
        1,
        new SplittableRandom(2));
  }

  /** Likes the first items of so many asked about. */
  private static History answered(int liked, int asked) {
    List<History.Entry> likes = new ArrayList<>();
    List<ItemId> questions = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      questions.add(item(i));
      if (i < liked) {
        likes.add(new History.Entry(item(i), 4, 0));
      }
    }
    return History.answered(likes, questions);
  }

  private static float[] scores(Ranker ranker, History history) {
    float[] scores = new float[ITEMS];
    ranker.score(history, scores);
    return scores;
  }

  private static AnswerRegression regression(double ridge, int questions) {
    return AnswerRegression.fit(new AnswerRegressionConfig(ridge, questions), DATA, STARS);
  }

  @Test
  void itDependsOnHowManyQuestionsWereAskedNotOnHowManyAreLiked() {
    ItemToItemEnsembles ensembles = fit(3);
    LikesEnsemble answers = ensembles.of(HistoryKind.ANSWERS);
    for (int liked = 0; liked <= 3; liked++) {
      History three = answered(liked, 3);
      assertThat(scores(ensembles, three)).isEqualTo(scores(answers, three));
      assertThat(ensembles.answers(three)).isEqualTo(3);
    }
    History two = answered(2, 2);
    assertThat(scores(ensembles, two))
        .isEqualTo(scores(ensembles.of(HistoryKind.FEW), two))
        .isNotEqualTo(scores(answers, two));
    assertThat(ensembles.answers(two)).as("ranked as likes").isZero();
    assertThat(fit(HistoryKind.NEVER).answers(answered(3, 6))).isZero();
  }

  @Test
  void whatWasMostlyDoneIsRankedByItsLikes() {
    ItemToItemEnsembles ensembles = fit(3);
    List<History.Entry> liked = answered(3, 3).entries();
    List<ItemId> asked = answered(3, 5).asked();
    assertThat(ensembles.answers(new History(3, liked, 2, asked))).isEqualTo(5);
    assertThat(ensembles.answers(new History(3, liked, 1, asked))).isZero();
    List<History.Entry> disliked = new ArrayList<>(List.of(new History.Entry(item(9), 1, 7)));
    disliked.add(new History.Entry(item(10), 1, 7));
    disliked.add(liked.get(0));
    assertThat(ensembles.answers(new History(3, disliked, 1, asked)))
        .as("of what is liked most was answered")
        .isEqualTo(5);
  }

  @Test
  void whoLikesNothingOfItIsRankedForByWhatIsNotLiked() {
    CatalogueRanker ranker = new CatalogueRanker(fit(3), DATA.items(), STARS, 1);
    float[] scores = new float[ITEMS];
    assertThat(ranker.score(answered(0, 4), scores)).isTrue();
    assertThat(scores[place(7)]).as("of the taste that is left").isGreaterThan(scores[place(5)]);
    assertThat(ranker.score(answered(0, 2), scores)).as("too few questions").isFalse();
    assertThat(ranker.score(History.EMPTY, scores)).isFalse();
  }

  /** One question: the regression is the slope of one item on the other. */
  @Test
  void oneAnswerMovesAnItemByTheirCovariance() {
    int n = DATA.users().size();
    double asked = DATA.columnLength(0);
    double other = DATA.columnLength(1);
    double both = 0;
    for (UserId user : DATA.users()) {
      List<ItemId> likes = DATA.history(user).entries().stream().map(History.Entry::item).toList();
      both += likes.contains(item(0)) && likes.contains(item(1)) ? 1 : 0;
    }
    double slope = (both - asked * other / n) / (asked - asked * asked / n + 5);
    float[] no = scores(regression(5, 8), answered(0, 1));
    float[] yes = scores(regression(5, 8), answered(1, 1));
    assertThat((double) yes[1]).isCloseTo(other / n + slope * (1 - asked / n), Offset.offset(1e-5));
    assertThat((double) no[1]).isCloseTo(other / n - slope * asked / n, Offset.offset(1e-5));
  }

  @Test
  void anItemThatWasAskedAboutIsScoredByTheOtherAnswers() {
    AnswerRegression regression = regression(2, 8);
    float[] all = scores(regression, answered(2, 4));
    List<ItemId> asked = answered(2, 4).asked();
    for (int left = 0; left < 4; left++) {
      ItemId without = item(left);
      History others =
          History.answered(
              answered(2, 4).entries().stream().filter(e -> !e.item().equals(without)).toList(),
              asked.stream().filter(each -> !each.equals(without)).toList());
      assertThat(all[place(left)])
          .isCloseTo(scores(regression, others)[place(left)], within(1e-5f));
    }
    assertThat(all[place(3)]).as("may be liked, if not known").isGreaterThan(all[place(9)]);
  }

  @Test
  void whatTheModelDoesNotUnderstandIsNoAnswer() {
    List<ItemId> asked = List.of(item(0), item(1), new ItemId("elsewhere"));
    History three = History.answered(answered(2, 2).entries(), asked);
    assertThat(fit(3).answers(three)).isZero();
    assertThat(scores(fit(3), three)).isEqualTo(scores(fit(3).of(HistoryKind.FEW), three));
  }

  @Test
  void withoutAnswersOrWithAVastRidgeItIsPopularity() {
    float[] nothing = scores(regression(5, 8), History.EMPTY);
    float[] shrunk = scores(regression(1e9, 8), answered(2, 5));
    for (int item = 0; item < ITEMS; item++) {
      float share = (float) DATA.columnLength(item) / DATA.users().size();
      assertThat(nothing[item]).isCloseTo(share, Offset.offset(1e-6f));
      assertThat(shrunk[item]).isCloseTo(share, Offset.offset(1e-5f));
    }
  }

  @Test
  void onlyTheMostLikedItemsAreUnderstoodAndWhatNobodyLikesComesLast() {
    assertThat(regression(5, 3).answers(answered(0, 6))).isEqualTo(3);
    assertThat(regression(5, 100).answers(answered(2, 6))).isEqualTo(6);
    History others = History.answered(List.of(), List.of(new ItemId("unheard of")));
    assertThat(regression(5, 100).answers(others)).isZero();
    assertThat(scores(regression(5, 100), others))
        .isEqualTo(scores(regression(5, 100), History.EMPTY));
  }

  @Test
  void bytesKeepTheRegressionAndFromHowManyQuestionsOnItRanks() {
    ItemToItemEnsembles ensembles = fit(3);
    BinaryWriter written = new BinaryWriter();
    ensembles.write(written);
    byte[] bytes = written.toByteArray();
    ItemToItemEnsembles read = ItemToItemEnsembles.read(new BinaryReader("ensembles", bytes));
    for (int asked = 1; asked < 6; asked++) {
      assertThat(read.answers(answered(1, asked)))
          .isEqualTo(ensembles.answers(answered(1, asked)))
          .isEqualTo(asked < 3 ? 0 : asked);
      assertThat(scores(read, answered(1, asked))).isEqualTo(scores(ensembles, answered(1, asked)));
    }
    BinaryWriter again = new BinaryWriter();
    read.write(again);
    assertThat(again.toByteArray()).isEqualTo(bytes);
    bytes[1] = 0;
    assertThatThrownBy(() -> ItemToItemEnsembles.read(new BinaryReader("ensembles", bytes)))
        .hasMessageContaining("ensemble of answers from 0 questions on");
  }

  @Test
  void provenanceSaysFromHowManyQuestionsOn() {
    assertThat(
            new ItemToItemTuning.Choice(List.of(LIKES, LIKES, LIKES, ANSWERS), 5, Map.of()).toMap())
        .containsEntry("answers.from", "5")
        .containsEntry("answers.2.similarity", "answer-regression")
        .containsEntry("answers.2.ridge", "5.0");
    assertThatThrownBy(
            () -> new ItemToItemTuning.Choice(List.of(LIKES, LIKES, LIKES, ANSWERS), 0, Map.of()))
        .hasMessage("answersFrom must be >= 1, was 0");
  }

  @Test
  void parametersAreBounded() {
    assertThatThrownBy(() -> new AnswerRegressionConfig(0, 1))
        .hasMessage("ridge must be > 0, was 0.0");
    assertThatThrownBy(() -> new AnswerRegressionConfig(1, 0))
        .hasMessage("questions must be >= 1, were 0");
  }
}
