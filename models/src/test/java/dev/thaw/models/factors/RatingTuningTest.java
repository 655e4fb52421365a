package dev.thaw.models.factors;

import static dev.thaw.models.factors.PlantedRatings.SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatingTuningTest {
  private static final Interactions DATA = PlantedRatings.of(300, 120, 0.3, 0.3, 0.5, 1);
  private static final ExplicitAlsConfig ALS = ExplicitAlsConfig.DEFAULT.withSize(8, 8);
  private static final BiasedFactorisationConfig SGD =
      BiasedFactorisationConfig.DEFAULT.withRank(8);

  private static RatingTuning tuning(Interactions ratings, RatingScale scale) {
    return new RatingTuning(ratings, scale, 1, TrainingProgress.SILENT, new SplittableRandom(3));
  }

  @Test
  void tunedModelsDoNotLoseToTheBiasesWhateverIsGiven() {
    Interactions train = DATA.ofUsers(user -> user.value().compareTo("u0240") < 0);
    RatingTuning tuning = tuning(train, SCALE);
    FactorModel als =
        FactorTrainers.explicitAls(tuning.choose(ALS).config(), SCALE, 1, TrainingProgress.SILENT)
            .fit(train, new SplittableRandom(7));
    FactorModel sgd =
        FactorTrainers.biasedFactorisation(
                tuning.choose(SGD).config(), SCALE, TrainingProgress.SILENT)
            .fit(train, new SplittableRandom(7));
    for (FactorModel model : List.of(als, sgd)) {
      for (int given : List.of(1, 3, 5, 10)) {
        RatingErrors errors = new RatingErrors();
        RatingErrors biasErrors = new RatingErrors();
        for (int u = 240; u < 300; u++) {
          List<History.Entry> all = DATA.history(PlantedRatings.user(u)).entries();
          History support = new History(given, all.subList(0, Math.min(given, all.size())));
          UserVector user = model.foldIn(support);
          double bias = als.biases().userBias(support);
          for (History.Entry query : all.subList(support.entries().size(), all.size())) {
            errors.add(model.rating(user, query.item()), query.strength());
            biasErrors.add(
                als.biases().rating(bias, als.items().indexOf(query.item())), query.strength());
          }
        }
        assertThat(errors.mae()).as("%s given", given).isLessThanOrEqualTo(biasErrors.mae());
      }
    }
  }

  @Test
  void whatIsChosenBeatsTheBiasesOnTheUsersItWasChosenBy() {
    RatingTuning tuning = tuning(DATA, SCALE);
    for (Map<String, Double> metrics :
        List.of(tuning.choose(ALS).metrics(), tuning.choose(SGD).metrics())) {
      assertThat(metrics.get("cold_rmse")).isLessThan(metrics.get("cold_bias_rmse"));
    }
  }

  @Test
  void theScaleOfTheRatingsChangesNoChoice() {
    RatingTuning narrow = tuning(DATA, SCALE);
    RatingTuning wide = tuning(PlantedRatings.times(20, DATA), new RatingScale(20, 100, 80));
    RatingTuning.Choice<ExplicitAlsConfig> als = narrow.choose(ALS);
    assertThat(wide.choose(ALS).config()).isEqualTo(als.config());
    assertThat(wide.choose(SGD).config()).isEqualTo(narrow.choose(SGD).config());
    assertThat(wide.choose(ALS).metrics().get("cold_rmse"))
        .isCloseTo(20 * als.metrics().get("cold_rmse"), within(1e-3));
  }

  @Test
  void theSameSeedChoosesTheSame() {
    assertThat(tuning(DATA, SCALE).choose(ALS)).isEqualTo(tuning(DATA, SCALE).choose(ALS));
    assertThat(tuning(DATA, SCALE).choose(SGD)).isEqualTo(tuning(DATA, SCALE).choose(SGD));
  }

  @Test
  void tooFewUsersLeaveTheBase() {
    RatingTuning tuning = tuning(PlantedRatings.of(40, 30, 0.5, 1), SCALE);
    assertThat(tuning.choose(ALS)).isEqualTo(new RatingTuning.Choice<>(ALS, Map.of()));
    assertThat(tuning.choose(SGD)).isEqualTo(new RatingTuning.Choice<>(SGD, Map.of()));
  }
}
