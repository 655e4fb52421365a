package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The rating predictors: the mandatory baselines first, then the models, their parameters chosen on
 * users held out of the training data.
 */
public final class RatingMethods {
  private RatingMethods() {}

  /**
   * @param content neighbours of the target's items, null where items have no text
   */
  public static List<RatingMethod> train(
      Experiment experiment,
      @Nullable ContentNeighbours content,
      Extent extent,
      int threads,
      long seed) {
    Interactions training = experiment.training();
    BiasModel biases = BiasModel.fit(training, experiment.scale());
    // of all entries: too dear for each prediction
    double mean = training.mean();
    List<RatingMethod> methods = new ArrayList<>();
    methods.add(Named.rating("global mean", user -> item -> mean));
    methods.add(
        Named.rating("item mean", user -> item -> biases.rating(0, biases.items().indexOf(item))));
    RatingMethod userBias =
        Named.rating(
            "user + item bias",
            user -> {
              double bias = biases.userBias(user.support());
              return item -> biases.rating(bias, biases.items().indexOf(item));
            });
    if (experiment.sources().isEmpty()) {
      methods.add(Named.bar(userBias));
    } else {
      methods.add(userBias);
      methods.add(Named.bar(sourceBias(experiment, biases)));
    }
    if (content != null) {
      methods.add(
          Named.rating(
              MethodNames.CONTENT_NEIGHBOURS,
              user -> {
                double bias = biases.userBias(user.support());
                return item -> {
                  OptionalDouble near = content.rating(user.support(), item);
                  return near.orElseGet(() -> biases.rating(bias, biases.items().indexOf(item)));
                };
              }));
    }
    RatingTuning tuning =
        new RatingTuning(
            training,
            experiment.scale(),
            threads,
            TrainingProgress.SILENT,
            new SplittableRandom(seed));
    methods.add(
        factors(
            "explicit-als",
            FactorTrainers.explicitAls(
                    tuning.choose(ExplicitAlsConfig.DEFAULT).config(),
                    experiment.scale(),
                    threads,
                    TrainingProgress.SILENT)
                .fit(training, new SplittableRandom(seed))));
    Trainer<Interactions, FactorModel> biasedFactorisation =
        FactorTrainers.biasedFactorisation(
            tuning.choose(BiasedFactorisationConfig.DEFAULT).config(),
            experiment.scale(),
            TrainingProgress.SILENT);
    methods.add(
        factors(
            "biased-factorisation", biasedFactorisation.fit(training, new SplittableRandom(seed))));
    if (extent.networks()) {
      methods.addAll(new NeuralBridges(experiment, threads, seed).ratings());
      methods.addAll(
          MetaRatings.train(experiment, biasedFactorisation, MetaConfig.DEFAULT, threads, seed));
    }
    return methods;
  }

  /**
   * The bar for every bridge: item mean and the shrunk bias the user has elsewhere, on the target's
   * scale.
   */
  private static RatingMethod sourceBias(Experiment experiment, BiasModel target) {
    Map<DomainId, BiasModel> sources = new HashMap<>();
    experiment
        .sources()
        .forEach(
            (domain, data) ->
                sources.put(domain, BiasModel.fit(data.interactions(), data.scale())));
    return Named.rating(
        "item mean + source-domain bias",
        user -> {
          double sum = 0;
          double weight = target.userShrinkage();
          sum += target.userBias(user.support()) * (user.support().entries().size() + weight);
          weight += user.support().entries().size();
          for (Map.Entry<DomainId, History> elsewhere : user.sources().entrySet()) {
            BiasModel there = sources.get(elsewhere.getKey());
            int n = elsewhere.getValue().entries().size();
            if (there != null) {
              double bias =
                  there.userBias(elsewhere.getValue())
                      * (target.scale().range() / there.scale().range());
              sum += bias * (n + there.userShrinkage());
              weight += n;
            }
          }
          double shrunk = sum / weight;
          return item -> target.rating(shrunk, target.items().indexOf(item));
        });
  }

  static RatingMethod factors(String name, FactorModel model) {
    return Named.rating(
        name,
        user -> {
          UserVector vector = model.foldIn(user.support());
          return item -> model.rating(vector, item);
        });
  }
}
