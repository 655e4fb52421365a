package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetaRatingsTest {
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final DomainId DOMAIN = DomainId.of("target");
  private static final Trainer<Interactions, FactorModel> FACTORS =
      FactorTrainers.biasedFactorisation(
          BiasedFactorisationConfig.DEFAULT, SCALE, TrainingProgress.SILENT);

  private static Experiment planted(int users) {
    SplittableRandom random = new SplittableRandom(1);
    InteractionsBuilder builder = Interactions.builder(DOMAIN);
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < 8; i++) {
        var unused =
            builder.add(
                UserId.of("u" + u),
                ItemId.of("i" + (u + i * i) % 20),
                1 + random.nextInt(5),
                Interactions.UNTIMED);
      }
    }
    return new Experiment(
        DOMAIN, SCALE, builder.build(), Map.of(), List.of(), Map.of(), Map.of(), List.of(), "test");
  }

  @Test
  void everySeedStandsBesideItsAblationAndTheMeanBesideThatOfTheFactors() {
    MetaConfig small = MetaConfig.DEFAULT.withSize(2, 8).withEpochs(1);
    List<RatingMethod> methods = MetaRatings.train(planted(320), FACTORS, small, 2, 5);
    assertThat(methods)
        .extracting(RatingMethod::name)
        .containsExactly(
            "melu unadapted, seed 0",
            "melu unadapted, seed 1",
            "melu unadapted, seed 2",
            "melu, seed 0",
            "melu, seed 1",
            "melu, seed 2",
            "biased-factorisation, mean of 3",
            "melu unadapted, mean of 3",
            "melu, mean of 3");
    History known =
        new History(
            2,
            List.of(
                new History.Entry(ItemId.of("i1"), 5, 0),
                new History.Entry(ItemId.of("i2"), 1, 0)));
    Evidence user = new Evidence(UserId.of("new"), known, Map.of(), null);
    ItemId asked = ItemId.of("i3");
    double[] ratings =
        methods.stream().mapToDouble(each -> each.of(user).applyAsDouble(asked)).toArray();
    assertThat(ratings[8]).isEqualTo((ratings[3] + ratings[4] + ratings[5]) / 3);
    assertThat(ratings[3]).isNotEqualTo(ratings[0]).isNotEqualTo(ratings[4]);
  }

  @Test
  void tooFewUsersTeachNoNetwork() {
    assertThat(MetaRatings.train(planted(299), FACTORS, MetaConfig.DEFAULT, 1, 5)).isEmpty();
  }

  /**
   * The figures of the README, pooled over seeds and paired by users. It takes minutes: {@code
   * -Dthaw.melu.split=DIR -Dthaw.melu.data=DIR}, the latter as {@code thaw import} writes it.
   */
  @Test
  void adaptationAgainstItsAblationOnMelusSplit() throws IOException {
    String split = System.getProperty("thaw.melu.split", "");
    String data = System.getProperty("thaw.melu.data", "");
    assumeTrue(!split.isEmpty() && !data.isEmpty(), "no split is named");
    EvaluationData described = EvaluationData.read(Path.of(data), Instant.now(), bad -> {});
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    described.catalogue().values().forEach(catalogue::putAll);
    Experiment experiment =
        new SplitFolder(Path.of(split), catalogue, described.profiles(), described.attributes())
            .read();
    List<RatingMethod> methods = MetaRatings.train(experiment, FACTORS, MetaConfig.DEFAULT, 2, 0);
    double[][] absolute = new double[methods.size()][];
    double[][] squared = new double[methods.size()][];
    for (int m = 0; m < absolute.length; m++) {
      List<RatingErrors> errors = errors(experiment, methods.get(m));
      absolute[m] = errors.stream().mapToDouble(RatingErrors::mae).toArray();
      squared[m] = errors.stream().mapToDouble(each -> each.rmse() * each.rmse()).toArray();
    }
    print("MAE, adapted - unadapted, seeds", pooled(absolute, 3, 0));
    print("MSE, adapted - unadapted, seeds", pooled(squared, 3, 0));
    Interval mae = paired(absolute[8], absolute[6]);
    Interval mse = paired(squared[8], squared[6]);
    print("MAE, means: adapted - unadapted", paired(absolute[8], absolute[7]));
    print("MSE, means: adapted - unadapted", paired(squared[8], squared[7]));
    print("MAE, means: adapted - factors", mae);
    print("MSE, means: adapted - factors", mse);
    assertThat(mae.high()).isNegative();
  }

  private static void print(String what, Interval interval) {
    System.out.println(what + ": " + interval);
  }

  /** Mean over the three seeds of a user's difference. */
  private static Interval pooled(double[][] of, int firstA, int firstB) {
    int users = of[firstA].length;
    double[] a = mean(of, firstA, users);
    return paired(a, mean(of, firstB, users));
  }

  private static double[] mean(double[][] of, int first, int users) {
    return IntStream.range(0, users)
        .mapToDouble(u -> (of[first][u] + of[first + 1][u] + of[first + 2][u]) / 3)
        .toArray();
  }

  private static Interval paired(double[] a, double[] b) {
    return Bootstrap.DEFAULT.pairedDifference(a, b, new SplittableRandom(0));
  }

  private static List<RatingErrors> errors(Experiment experiment, RatingMethod method) {
    return experiment.test().stream().map(user -> errors(experiment, method, user)).toList();
  }

  private static RatingErrors errors(Experiment experiment, RatingMethod method, HeldOutUser user) {
    int given = java.util.Objects.requireNonNull(user.support());
    ToDoubleFunction<ItemId> predictor =
        method.of(
            new Evidence(
                user.user(),
                user.support(given),
                Map.of(),
                experiment.profiles().get(user.user())));
    RatingErrors errors = new RatingErrors();
    user.query(given)
        .forEach(each -> errors.add(predictor.applyAsDouble(each.item()), each.strength()));
    return errors;
  }
}
