package dev.thaw.models.factors;

import static dev.thaw.models.factors.PlantedRatings.SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorModelTest {
  private static final Interactions DATA = PlantedRatings.of(300, 120, 0.3, 1);
  private static final ImplicitAlsConfig IMPLICIT = new ImplicitAlsConfig(8, 2, 5, 6, 0);
  private static final ExplicitAlsConfig EXPLICIT = new ExplicitAlsConfig(8, 2, 0, 8, 5, 5, 2);
  private static final BiasedFactorisationConfig SGD =
      new BiasedFactorisationConfig(8, 0.02, 0.02, 0.05, 0.03, 40, 1);

  private static FactorModel implicit(int threads) {
    return FactorTrainers.implicitAls(IMPLICIT, SCALE, threads, TrainingProgress.SILENT)
        .fit(DATA, new Random(7));
  }

  private static FactorModel explicit(int threads) {
    return FactorTrainers.explicitAls(EXPLICIT, SCALE, threads, TrainingProgress.SILENT)
        .fit(DATA, new Random(7));
  }

  @Test
  void numberOfThreadsChangesNothing() {
    for (int i = 0; i < DATA.items().size(); i++) {
      assertThat(implicit(4).indexVector(i)).isEqualTo(implicit(1).indexVector(i));
      assertThat(explicit(4).indexVector(i)).isEqualTo(explicit(1).indexVector(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 65})
  void everyScoreIsItsItemsInnerProductWhateverRankAndNumberOfItems(int rank) {
    for (int items : List.of(4, 5, 6, 7)) {
      FactorModel model =
          FactorTrainers.explicitAls(EXPLICIT.withSize(rank, 2), SCALE, 1, TrainingProgress.SILENT)
              .fit(PlantedRatings.of(60, items, 0.5, 2), new Random(7));
      UserVector user = model.foldIn(PlantedRatings.of(60, items, 0.5, 2).history(3));
      float[] scores = new float[items];
      model.score(user, scores);
      for (int i = 0; i < items; i++) {
        float[] vector = model.indexVector(i);
        double exact = vector[rank];
        for (int f = 0; f < rank; f++) {
          exact += (double) user.get(f) * vector[f];
        }
        assertThat((double) scores[i]).isCloseTo(exact, within(1e-5));
      }
    }
  }

  @Test
  void foldInOfATrainingUserIsItsAlsSolution() {
    Interactions positives = DATA.where(SCALE::isPositive);
    BiasModel biases = BiasModel.fit(DATA, SCALE);
    AlternatingLeastSquares als =
        new AlternatingLeastSquares(
            positives, AlsParameters.of(IMPLICIT), 1, biases, new Random(7));
    als.run(6, 2, TrainingProgress.SILENT, "test");
    FactorModel model = implicit(2);
    for (int u = 0; u < DATA.users().size(); u++) {
      float[] folded = model.foldIn(DATA.history(u)).vector();
      for (int f = 0; f < 8; f++) {
        assertThat(folded[f]).isCloseTo(als.users()[u * 8 + f], within(1e-5f));
      }
    }
  }

  @Test
  void explicitFoldInZeroesTheGradientOfItsRidgeLoss() {
    FactorModel model = explicit(2);
    History history = DATA.history(3);
    UserVector user = model.foldIn(history);
    double[] gradient = new double[8];
    for (History.Entry entry : history.entries()) {
      int item = model.items().indexOf(entry.item());
      float[] q = model.indexVector(item);
      double error = model.mean() + user.bias() + q[8] - entry.strength();
      for (int f = 0; f < 8; f++) {
        error += user.get(f) * q[f];
      }
      for (int f = 0; f < 8; f++) {
        gradient[f] += error * q[f];
      }
    }
    for (int f = 0; f < 8; f++) {
      double ridge = model.foldInParameters().lambda();
      assertThat(gradient[f] + ridge * user.get(f)).isCloseTo(0, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3})
  void implicitFoldInZeroesTheGradientOfItsWeightedLoss(double ridge) {
    FactorModel model = implicit(2).withUserRidge(ridge);
    History history = DATA.history(3);
    UserVector user = model.foldIn(history);
    double[] gradient = new double[8];
    for (int i = 0; i < model.items().size(); i++) {
      ItemId item = model.items().get(i);
      boolean positive =
          history.entries().stream()
              .anyMatch(e -> e.item().equals(item) && SCALE.isPositive(e.strength()));
      float[] q = model.indexVector(i);
      double error = positive ? -1 : 0;
      for (int f = 0; f < 8; f++) {
        error += user.get(f) * q[f];
      }
      for (int f = 0; f < 8; f++) {
        gradient[f] += (positive ? 6 : 1) * error * q[f];
      }
    }
    for (int f = 0; f < 8; f++) {
      assertThat(gradient[f] + 2 * ridge * user.get(f)).isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void theRidgeOfUsersIsKeptInItsFormAndInModelsLikeIt() {
    FactorModel model = implicit(2).withUserRidge(3).withPopularity(0.1, DATA);
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    FactorModel read = FactorModel.read(new BinaryReader("factors", out.toByteArray()));
    FactorModel like = FactorTrainers.like(model, 2, 1).fit(DATA, new Random(1));
    for (FactorModel each : List.of(model, read, like)) {
      assertThat(each.foldInParameters()).isEqualTo(model.foldInParameters());
    }
    History history = DATA.history(3);
    assertThat(read.foldIn(history).vector()).isEqualTo(model.foldIn(history).vector());
    assertThat(like.foldIn(history).vector()).isNotEqualTo(implicit(2).foldIn(history).vector());
  }

  @Test
  void allExplicitModelsBeatTheBiasesOnHeldOutRatingsOfNewUsers() {
    Interactions train = DATA.ofUsers(user -> user.value().compareTo("u0250") < 0);
    FactorModel als =
        FactorTrainers.explicitAls(EXPLICIT, SCALE, 2, TrainingProgress.SILENT)
            .fit(train, new Random(7));
    FactorModel sgd =
        FactorTrainers.biasedFactorisation(SGD, SCALE, TrainingProgress.SILENT)
            .fit(train, new Random(7));
    RatingErrors alsErrors = new RatingErrors();
    RatingErrors sgdErrors = new RatingErrors();
    RatingErrors biasErrors = new RatingErrors();
    for (int u = 250; u < 300; u++) {
      List<History.Entry> all = DATA.history(PlantedRatings.user(u)).entries();
      History support = new History(all.size() / 2, all.subList(0, all.size() / 2));
      UserVector byAls = als.foldIn(support);
      UserVector bySgd = sgd.foldIn(support);
      for (History.Entry query : all.subList(all.size() / 2, all.size())) {
        alsErrors.add(als.rating(byAls, query.item()), query.strength());
        sgdErrors.add(sgd.rating(bySgd, query.item()), query.strength());
        int number = als.items().indexOf(query.item());
        biasErrors.add(als.biases().rating(byAls.bias(), number), query.strength());
      }
    }
    assertThat(alsErrors.rmse()).isLessThan(0.7 * biasErrors.rmse());
    assertThat(sgdErrors.rmse()).isLessThan(0.7 * biasErrors.rmse());
  }

  @Test
  void predictionsScaleWithTheRatings() {
    RatingScale wide = new RatingScale(20, 100, 80);
    Interactions times20 = PlantedRatings.times(20, DATA);
    List<FactorModel> models = new ArrayList<>();
    for (Interactions data : List.of(DATA, times20)) {
      RatingScale scale = data == DATA ? SCALE : wide;
      FactorModel als =
          FactorTrainers.explicitAls(EXPLICIT, scale, 1, TrainingProgress.SILENT)
              .fit(data, new Random(7));
      models.add(als);
      models.add(FactorTrainers.like(als, 4, 1).fit(data, new Random(7)));
      models.add(
          FactorTrainers.biasedFactorisation(SGD, scale, TrainingProgress.SILENT)
              .fit(data, new Random(7)));
    }
    for (int m = 0; m < 3; m++) {
      for (int u = 0; u < 20; u++) {
        UserVector narrow = models.get(m).foldIn(DATA.history(u));
        UserVector widened = models.get(m + 3).foldIn(times20.history(u));
        for (ItemId item : DATA.items().all()) {
          assertThat(models.get(m + 3).rating(widened, item))
              .isCloseTo(20 * models.get(m).rating(narrow, item), within(0.02));
        }
      }
    }
  }

  @Test
  void ofOneRatingBiasedFactorisationTakesNoMoreForTasteThanItTells() {
    Interactions data = PlantedRatings.of(300, 120, 0.3, 0.3, 0.5, 1);
    Interactions train = data.ofUsers(user -> user.value().compareTo("u0250") < 0);
    FactorModel model =
        FactorTrainers.biasedFactorisation(
                BiasedFactorisationConfig.DEFAULT, SCALE, TrainingProgress.SILENT)
            .fit(train, new Random(7));
    RatingErrors errors = new RatingErrors();
    RatingErrors biasErrors = new RatingErrors();
    for (int u = 250; u < 300; u++) {
      List<History.Entry> all = data.history(PlantedRatings.user(u)).entries();
      UserVector user = model.foldIn(new History(1, all.subList(0, 1)));
      UserVector biasOnly = UserVector.copyOf(new float[model.rank()], user.bias());
      for (History.Entry query : all.subList(1, all.size())) {
        errors.add(model.rating(user, query.item()), query.strength());
        biasErrors.add(model.rating(biasOnly, query.item()), query.strength());
      }
    }
    assertThat(errors.mae()).isLessThanOrEqualTo(biasErrors.mae());
  }

  @Test
  void queryTimesIndexVectorRanksLikeTheScores() {
    FactorModel model =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(6, 2, 5, 3, 0.2), SCALE, 1, TrainingProgress.SILENT)
            .fit(DATA, new Random(7));
    UserVector user = model.foldIn(DATA.history(5));
    float[] scores = new float[model.items().size()];
    model.score(user, scores);
    for (int i = 0; i < scores.length; i++) {
      float[] vector = model.indexVector(i);
      double product = 0;
      for (int f = 0; f < vector.length; f++) {
        product += vector[f] * user.query()[f];
      }
      assertThat(scores[i]).isCloseTo((float) product, within(1e-5f));
    }
    assertThat(model.indexSpace("v1").dimension()).isEqualTo(7);
    assertThat(model.userSpace("v1").key()).isEqualTo("factors.films@v1");
  }

  @Test
  void emptyAndUnknownHistoriesGiveTheZeroVector() {
    FactorModel model = implicit(1);
    assertThat(model.foldIn(History.EMPTY)).isEqualTo(UserVector.copyOf(new float[8], 0));
    History unknown = new History(1, List.of(new History.Entry(ItemId.of("none"), 5, 0)));
    assertThat(model.foldIn(unknown).vector()).containsOnly(0);
    assertThat(model.rating(model.foldIn(unknown), ItemId.of("none")))
        .isGreaterThan(model.mean())
        .isLessThanOrEqualTo(SCALE.max());
  }

  @Test
  void progressCountsEverySweep() {
    List<Integer> heard = new ArrayList<>();
    FactorTrainers.implicitAls(IMPLICIT, SCALE, 1, (what, done, of) -> heard.add(done * 100 + of))
        .fit(DATA, new Random(1));
    assertThat(heard).containsExactly(106, 206, 306, 406, 506, 606);
  }

  @Test
  void boundsAreNamed() {
    assertThatThrownBy(() -> new ImplicitAlsConfig(0, 1, 1, 1, 0))
        .hasMessage("rank must be in [1, 512], was 0");
    assertThatThrownBy(() -> new ExplicitAlsConfig(8, Double.NaN, 0, 1, 5, 5, 2))
        .hasMessage("lambda must be > 0, was NaN");
    assertThatThrownBy(() -> implicit(1).score(UserVector.copyOf(new float[3], 0), new float[500]))
        .hasMessage("user vector of films must have rank 8, had 3");
  }

  @Test
  void itemsPlacedInASpaceAreRankedAndFoldedInAsThoseThatWereTrained() {
    FactorModel trained = implicit(1);
    float[][] same = new float[DATA.items().size()][];
    for (int i = 0; i < same.length; i++) {
      same[i] = trained.indexVector(i);
    }
    FactorModel placed = trained.over(DATA.domain(), BiasModel.fit(DATA, SCALE), same);
    History history = DATA.history(DATA.users().get(3));
    assertThat(placed.foldIn(history).vector()).isEqualTo(trained.foldIn(history).vector());
    float[] expected = new float[same.length];
    float[] scores = new float[same.length];
    trained.score(trained.foldIn(history), expected);
    placed.score(placed.foldIn(history), scores);
    assertThat(scores).isEqualTo(expected);
    assertThatThrownBy(() -> explicit(1).over(DATA.domain(), BiasModel.fit(DATA, SCALE), same))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> trained.over(DATA.domain(), BiasModel.fit(DATA, SCALE), new float[1][9]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with 1");
  }
}
