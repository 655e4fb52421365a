package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class NeuralBridgesTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final Experiment EXPERIMENT = PlantedExperiment.of(170, 1, "books");
  private static final SourceDomain SOURCE = EXPERIMENT.sources().get(BOOKS);

  private static final List<RankingMethod> METHODS =
      new NeuralBridges(EXPERIMENT, 1, 0)
          .rankings(
              BOOKS,
              factors(SOURCE.positives(), SOURCE.scale()),
              factors(EXPERIMENT.positives(), EXPERIMENT.scale()));

  private static Evidence evidence(HeldOutUser user) {
    return new Evidence(
        user.user(),
        History.EMPTY,
        Map.of(BOOKS, SOURCE.interactions().history(user.user())),
        null);
  }

  private static FactorModel factors(Interactions liked, RatingScale scale) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(8, 3, 1, 6, 0), scale, 1, TrainingProgress.SILENT)
        .fit(liked, new SplittableRandom(1));
  }

  @Test
  void everyMethodFindsTheTasteThatAUserShowsElsewhere() {
    assertThat(METHODS).extracting(RankingMethod::name).doesNotHaveDuplicates().hasSize(8);
    for (RankingMethod method : METHODS) {
      int right = 0;
      for (HeldOutUser user : EXPERIMENT.test()) {
        float[] scores = new float[EXPERIMENT.training().items().size()];
        assertThat(method.score(evidence(user), scores)).isTrue();
        right += tasteOf(best(scores)).equals(tasteOf(liked(user))) ? 1 : 0;
      }
      assertThat(right).as(method.name()).isGreaterThan(EXPERIMENT.test().size() * 2 / 3);
    }
  }

  @Test
  void whoHasNoHistoryThereGetsNoAnswer() {
    Evidence stranger =
        new Evidence(EXPERIMENT.test().get(0).user(), History.EMPTY, Map.of(), null);
    float[] scores = new float[EXPERIMENT.training().items().size()];
    for (RankingMethod method : METHODS) {
      assertThat(method.score(stranger, scores)).as(method.name()).isFalse();
    }
  }

  private ItemId best(float[] scores) {
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return EXPERIMENT.training().items().get(best);
  }

  private static ItemId liked(HeldOutUser user) {
    return user.inOrder().stream()
        .filter(entry -> EXPERIMENT.scale().isPositive(entry.strength()))
        .findFirst()
        .orElseThrow()
        .item();
  }

  /** Items are named domain, taste, number. */
  private static String tasteOf(ItemId item) {
    return item.value().split("-", -1)[1];
  }

  @Test
  void ratingsThatCrossKnowMoreThanTheItemsMean() {
    RatingErrors mean = errors(user -> item -> EXPERIMENT.training().mean());
    for (RatingMethod method : new NeuralBridges(EXPERIMENT, 1, 0).ratings()) {
      assertThat(errors(method::of).rmse()).as(method.name()).isLessThan(mean.rmse());
    }
  }

  private static RatingErrors errors(
      java.util.function.Function<Evidence, ToDoubleFunction<ItemId>> predictor) {
    RatingErrors errors = new RatingErrors();
    for (HeldOutUser user : EXPERIMENT.test()) {
      ToDoubleFunction<ItemId> rating = predictor.apply(evidence(user));
      user.inOrder()
          .forEach(entry -> errors.add(rating.applyAsDouble(entry.item()), entry.strength()));
    }
    return errors;
  }
}
