package dev.thaw.models.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.PlantedRatings;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaTrainerTest {
  private static final MetaConfig SMALL = MetaConfig.DEFAULT.withSize(4, 16).withEpochs(3);
  private static final MetaData DATA = PlantedTastes.of(250, 30, 0.5, 3);
  private static final Trainer<Interactions, FactorModel> FACTORS =
      FactorTrainers.biasedFactorisation(
          BiasedFactorisationConfig.DEFAULT, PlantedRatings.SCALE, TrainingProgress.SILENT);

  private static MetaModel fit(MetaConfig config, MetaData data, int threads) {
    return MetaTrainer.overBiases(config, threads, TrainingProgress.SILENT)
        .fit(data, new SplittableRandom(1));
  }

  @Test
  void threadsChangeNothingAndSeedsDo() {
    MetaModel one = fit(SMALL, DATA, 1);
    assertThat(fit(SMALL, DATA, 3).version()).isEqualTo(one.version());
    assertThat(
            MetaTrainer.overBiases(SMALL, 1, TrainingProgress.SILENT)
                .fit(DATA, new SplittableRandom(2))
                .version())
        .isNotEqualTo(one.version());
  }

  @ParameterizedTest
  @EnumSource(
      value = AdaptedPart.class,
      names = {"LATER", "DECISION"})
  void fewRatingsShowWhichKindOfItemsAnUnknownUserLikes(AdaptedPart part) {
    MetaConfig config =
        SMALL.withInner(new InnerLoop(part, 3, 0.1)).withLearningRate(0.01).withEpochs(12);
    MetaModel model = fit(config, DATA, 2);
    MetaModel unadapted = model.withInner(new InnerLoop(part, 0, 0.1));
    double adapted = error(model);
    assertThat(adapted).isLessThan(0.5 * error(unadapted));
    assertThat(adapted).isLessThan(0.4);
  }

  /** Mean absolute error over both tastes, after five ratings. */
  private static double error(MetaModel model) {
    double sum = 0;
    int n = 0;
    for (boolean likesEven : new boolean[] {true, false}) {
      UserScorer scorer = model.scorer(model.adapt(null, PlantedTastes.history(likesEven, 0, 5)));
      for (int i = 5; i < 30; i++) {
        sum += Math.abs(scorer.rating(PlantedRatings.item(i)) - PlantedTastes.rating(likesEven, i));
        n++;
      }
    }
    return sum / n;
  }

  @Test
  void profileTellsATasteBeforeTheFirstRating() {
    MetaModel model = fit(SMALL.withLearningRate(0.01).withEpochs(12), DATA, 2);
    UserScorer scorer =
        model.scorer(model.adapt(PlantedTastes.profile(999, "even"), History.EMPTY));
    double even = scorer.rating(PlantedRatings.item(4)) + scorer.rating(PlantedRatings.item(6));
    double odd = scorer.rating(PlantedRatings.item(5)) + scorer.rating(PlantedRatings.item(7));
    assertThat(even - odd).isGreaterThan(1);
  }

  @Test
  void heldOutUsersDecideWhichEpochIsKept() {
    MetaTrainer.Run run =
        MetaTrainer.overBiases(SMALL.withEpochs(5), 2, TrainingProgress.SILENT)
            .run(DATA, new SplittableRandom(1));
    assertThat(run.losses()).hasSize(5);
    assertThat(run.losses().get(run.epoch() - 1))
        .isEqualTo(run.losses().stream().min(Double::compare).orElseThrow())
        .isEqualTo(run.metrics().get("held_out_loss"));
    assertThat(run.metrics())
        .containsEntry("held_out_users", 25.0)
        .containsEntry("epoch", (double) run.epoch());
  }

  @Test
  void heldOutLossesStandBesideThoseOfTheBaseAndOfTheUnadaptedNetwork() {
    MetaTrainer.Run run =
        MetaTrainer.overBiases(
                SMALL.withLearningRate(0.01).withEpochs(12), 2, TrainingProgress.SILENT)
            .run(DATA, new SplittableRandom(1));
    double adapted = run.metrics().get("held_out_loss");
    assertThat(adapted).isLessThan(0.5 * run.metrics().get("held_out_base_loss"));
    assertThat(adapted).isLessThan(run.metrics().get("held_out_unadapted_loss"));
  }

  @Test
  void divergenceIsReportedWithStepAndLearningRate() {
    MetaConfig wild = SMALL.withInner(new InnerLoop(AdaptedPart.DECISION, 5, 30));
    TrainingDivergedException thrown =
        catchThrowableOfType(TrainingDivergedException.class, () -> fit(wild, DATA, 2));
    assertThat(thrown.step()).isPositive();
    assertThat(thrown.learningRate()).isEqualTo(SMALL.learningRate());
    assertThat(thrown)
        .hasMessageContaining("step " + thrown.step())
        .hasMessageContaining("learning rate " + thrown.learningRate());
  }

  @Test
  void overFactorsThePredictionIsTheirsPlusWhatTheNetworkSays() {
    FactorModel factors = FACTORS.fit(DATA.ratings(), new SplittableRandom(1));
    MetaTrainer.Run run =
        MetaTrainer.over(
                factors,
                FACTORS,
                SMALL.withLearningRate(0.01).withEpochs(6),
                2,
                TrainingProgress.SILENT)
            .run(DATA, new SplittableRandom(1));
    assertThat(run.metrics().get("held_out_loss"))
        .isLessThan(run.metrics().get("held_out_base_loss"));
    MetaModel model = run.model();
    History history = PlantedTastes.history(true, 0, 8);
    AdaptedLayers layers = model.adapt(null, history);
    assertThat(layers.base()).isEqualTo(factors.foldIn(history));
    int[] items = {9, 12, 15};
    double[] own = model.network().own(layers, model.inner());
    double[] said =
        new DecisionLayers(model.network().shape())
            .forward(own, layers.userHalf(), model.network().inputs(items));
    for (int i = 0; i < items.length; i++) {
      double rating = factors.rating(layers.base(), model.items().get(items[i]));
      double expected = PlantedRatings.SCALE.clip(rating + model.unit() * said[i]);
      assertThat(model.scorer(layers).rating(model.items().get(items[i])))
          .isCloseTo(expected, within(1e-4));
      assertThat(Math.abs(said[i])).isGreaterThan(1e-3);
    }
  }

  @Test
  void residualsAreOfFactorsThatHaveNotMetTheUser() {
    List<Interactions> given = new ArrayList<>();
    Trainer<Interactions, FactorModel> noting =
        (ratings, random) -> {
          given.add(ratings);
          return FACTORS.fit(ratings, random);
        };
    FactorModel whole = FACTORS.fit(DATA.ratings(), new SplittableRandom(1));
    MetaTrainer.Run crossFitted =
        MetaTrainer.over(whole, noting, SMALL.withEpochs(1), 2, TrainingProgress.SILENT)
            .run(DATA, new SplittableRandom(1));
    assertThat(given).hasSize(4);
    for (int user = 0; user < DATA.ratings().users().size(); user++) {
      int number = user;
      assertThat(given.stream().filter(each -> each.rowLength(number) == 0).count())
          .as("every user is left out once")
          .isEqualTo(1);
    }
    MetaTrainer.Run met =
        MetaTrainer.over(
                whole, (ratings, random) -> whole, SMALL.withEpochs(1), 2, TrainingProgress.SILENT)
            .run(DATA, new SplittableRandom(1));
    assertThat(met.metrics().get("held_out_base_loss"))
        .as("of what was fitted to the queries less is left")
        .isLessThan(crossFitted.metrics().get("held_out_base_loss"));
  }

  @Test
  void factorsThatSayNothingOfRatingsAreRefused() {
    FactorModel ranking =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(4, 1, 5, 3, 0.1),
                PlantedRatings.SCALE,
                1,
                TrainingProgress.SILENT)
            .fit(DATA.ratings(), new SplittableRandom(1));
    assertThatThrownBy(() -> MetaTrainer.over(ranking, FACTORS, SMALL, 1, TrainingProgress.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("explicit");
  }

  @Test
  void usersWithOneRatingEachCanTeachNothing() {
    var single = Interactions.builder(PlantedRatings.DOMAIN);
    for (int u = 0; u < 30; u++) {
      var unused = single.add(PlantedRatings.user(u), PlantedRatings.item(0), 4, 1L);
    }
    MetaData data = MetaData.of(single.build(), PlantedRatings.SCALE);
    assertThatThrownBy(() -> fit(SMALL, data, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 ratings");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void constantRatingsStayConstant(int items) {
    var same = Interactions.builder(PlantedRatings.DOMAIN);
    for (int u = 0; u < 60; u++) {
      for (int i = 0; i < Math.max(2, items); i++) {
        var unused = same.add(PlantedRatings.user(u), PlantedRatings.item(i), 3, 1L);
      }
    }
    MetaModel model = fit(SMALL, MetaData.of(same.build(), PlantedRatings.SCALE), 1);
    double rating = model.scorer(model.adapt(null, History.EMPTY)).rating(PlantedRatings.item(0));
    assertThat(rating).isBetween(2.0, 4.0);
  }
}
