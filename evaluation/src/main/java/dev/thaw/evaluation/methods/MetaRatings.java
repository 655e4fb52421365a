package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.meta.UserScorer;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Meta-learned rating models over the residuals of factor models, with several training seeds, each
 * beside its own ablation: the same network, not adapted. The mean of all seeds stands beside the
 * mean of the factor models they learn over.
 */
final class MetaRatings {
  private static final int SEEDS = 3;

  /** Fewer users can't teach a network. */
  static final int MIN_USERS = 300;

  private MetaRatings() {}

  /**
   * None where there are too few users.
   *
   * @param factors trains the factor models
   */
  static List<RatingMethod> train(
      Experiment experiment,
      Trainer<Interactions, FactorModel> factors,
      MetaConfig config,
      int threads,
      long seed) {
    Interactions training = experiment.training();
    if (able(training) < MIN_USERS) {
      return List.of();
    }
    MetaData data =
        new MetaData(
            training, experiment.scale(), experiment.profiles(), experiment.catalogue(), Map.of());
    // the factors that have not met a part of the users are the same for all seeds
    Map<String, FactorModel> met = new HashMap<>();
    Trainer<Interactions, FactorModel> others =
        (ratings, random) ->
            met.computeIfAbsent(ratings.dataHash(), any -> factors.fit(ratings, random));
    List<RatingMethod> methods = new ArrayList<>();
    List<RatingMethod> bases = new ArrayList<>();
    List<RatingMethod> adapted = new ArrayList<>();
    List<RatingMethod> unadapted = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      SplittableRandom random = new SplittableRandom(seed * SEEDS + s);
      FactorModel base = factors.fit(training, random.split());
      MetaModel model =
          MetaTrainer.over(base, others, config, threads, TrainingProgress.SILENT)
              .fit(data, random.split());
      InnerLoop none = new InnerLoop(model.inner().part(), 0, model.inner().rate());
      bases.add(RatingMethods.factors("factors", base));
      adapted.add(of(MethodNames.MELU_SEED + s, model));
      unadapted.add(of("melu unadapted, seed " + s, model.withInner(none)));
    }
    methods.addAll(unadapted);
    methods.addAll(adapted);
    methods.add(mean("biased-factorisation, mean of " + SEEDS, bases));
    methods.add(mean("melu unadapted, mean of " + SEEDS, unadapted));
    methods.add(mean("melu, mean of " + SEEDS, adapted));
    return methods;
  }

  /** Users with something to adapt to and something to ask. */
  static long able(Interactions training) {
    return IntStream.range(0, training.users().size())
        .filter(user -> training.rowLength(user) >= 2)
        .count();
  }

  private static RatingMethod of(String name, MetaModel model) {
    return Named.rating(
        name,
        user -> {
          UserScorer scorer = model.scorer(model.adapt(user.profile(), user.support()));
          return scorer::rating;
        });
  }

  private static RatingMethod mean(String name, List<RatingMethod> methods) {
    return Named.rating(
        name,
        user -> {
          List<ToDoubleFunction<ItemId>> each =
              methods.stream().map(method -> method.of(user)).toList();
          return item ->
              each.stream().mapToDouble(one -> one.applyAsDouble(item)).average().orElseThrow();
        });
  }
}
