package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.AdaptedRanking;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What serving ranks where its configuration asks for the meta-learned method. */
final class MetaRanking {
  private MetaRanking() {}

  /** Empty where there are too few users. */
  static Optional<RankingMethod> train(Experiment experiment, int threads, long seed) {
    Interactions training = experiment.training();
    if (MetaRatings.able(training) < MetaRatings.MIN_USERS) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    Trainer<Interactions, FactorModel> factors =
        FactorTrainers.biasedFactorisation(
            BiasedFactorisationConfig.DEFAULT, experiment.scale(), TrainingProgress.SILENT);
    FactorModel base = factors.fit(training, random.split());
    InnerLoop usual = MetaConfig.DEFAULT.inner();
    MetaConfig compact =
        MetaConfig.DEFAULT.withInner(new InnerLoop(AdaptedPart.LATER, usual.steps(), usual.rate()));
    MetaModel model =
        MetaTrainer.over(base, factors, compact, threads, TrainingProgress.SILENT)
            .fit(
                new MetaData(
                    training,
                    experiment.scale(),
                    experiment.profiles(),
                    experiment.catalogue(),
                    Map.of()),
                random.split());
    return Optional.of(of(model, Popularity.of(experiment.positives())));
  }

  /** All but the first popular items the user does not know have the least score there is. */
  static RankingMethod of(MetaModel model, Popularity popularity) {
    List<ItemId> byPopularity = popularity.ranked().stream().map(Popularity.Counted::item).toList();
    AdaptedRanking ranking = new AdaptedRanking(model);
    return Named.ranking(
        MethodNames.META_LEARNED,
        (user, out) -> {
          if (user.support().entries().isEmpty()) {
            return false;
          }
          Set<ItemId> known =
              user.support().entries().stream()
                  .map(History.Entry::item)
                  .collect(Collectors.toSet());
          Arrays.fill(out, Float.NEGATIVE_INFINITY);
          ranking
              .rank(
                  model.adapt(user.profile(), user.support()),
                  byPopularity.stream().filter(item -> !known.contains(item)).iterator(),
                  AdaptedRanking.CANDIDATES)
              .forEach(each -> out[model.items().indexOf(each.item())] = (float) each.rating());
          return true;
        });
  }
}
