package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.TuningSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Parameters of the rankers, chosen on users held out of the training data; the test users have no
 * part in it.
 *
 * @param als of the target
 * @param sources of the sources
 * @param itemToItem of the model that is served
 * @param liftShrinkage of naive Bayes
 * @param easeLambda of EASE
 */
public record RankerParameters(
    ImplicitAlsConfig als,
    Map<DomainId, ImplicitAlsConfig> sources,
    ItemToItemTuning.Choice itemToItem,
    double liftShrinkage,
    double easeLambda) {
  private static final List<Double> LIFT_SHRINKAGES = List.of(100.0, 30.0, 10.0);
  private static final List<Double> EASE_LAMBDAS = List.of(300.0, 1_000.0, 100.0, 3_000.0);

  public RankerParameters {
    sources = Map.copyOf(sources);
  }

  public static RankerParameters choose(Experiment experiment, int threads, long seed) {
    Interactions positives = experiment.positives();
    Map<DomainId, ImplicitAlsConfig> sources = new HashMap<>();
    experiment
        .sources()
        .forEach(
            (domain, data) ->
                sources.put(domain, als(data.positives(), data.scale(), threads, seed)));
    ImplicitAlsConfig als = als(positives, experiment.scale(), threads, seed);
    ItemToItemTuning.Choice itemToItem =
        new ItemToItemTuning(
                ItemToItemConfig.DEFAULT.neighbours(),
                experiment.scale(),
                threads,
                TrainingProgress.SILENT)
            .choose(positives, new SplittableRandom(seed));
    ColdUsers users = TuningSample.of(positives, new SplittableRandom(seed));
    if (users.isEmpty()) {
      return new RankerParameters(
          als, sources, itemToItem, LIFT_SHRINKAGES.get(0), EASE_LAMBDAS.get(0));
    }
    return new RankerParameters(
        als,
        sources,
        itemToItem,
        best(LIFT_SHRINKAGES, each -> ndcg(ItemToItemConfig.naiveBayes(each), users, experiment)),
        ItemToItemConfig.ease(
                best(EASE_LAMBDAS, each -> ndcg(ItemToItemConfig.ease(each), users, experiment)))
            .grown(users.training(), positives)
            .strength());
  }

  private static double ndcg(ItemToItemConfig config, ColdUsers users, Experiment experiment) {
    return users.ndcg(new ItemToItemTrainer(config, experiment.scale(), 1).fit(users.training()));
  }

  private static ImplicitAlsConfig als(
      Interactions positives, RatingScale scale, int threads, long seed) {
    return new ImplicitAlsTuning(ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
        .choose(positives, new SplittableRandom(seed))
        .config();
  }

  private static double best(List<Double> candidates, DoubleUnaryOperator figure) {
    double best = candidates.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (double candidate : candidates) {
      double reached = figure.applyAsDouble(candidate);
      if (reached > highest) {
        highest = reached;
        best = candidate;
      }
    }
    return best;
  }

  ImplicitAlsConfig source(DomainId domain) {
    return sources.getOrDefault(domain, ImplicitAlsConfig.DEFAULT);
  }

  /** For a report. */
  public Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>();
    all.put("implicit-als", inOrder(als));
    sources.forEach((domain, config) -> all.put("implicit-als " + domain, inOrder(config)));
    all.put("item-to-item", itemToItem.toMap().toString());
    all.put("naive-bayes shrinkage", "" + liftShrinkage);
    all.put("ease lambda", "" + easeLambda);
    return all;
  }

  /** The same text in every run. */
  private static String inOrder(ImplicitAlsConfig config) {
    return new TreeMap<>(config.toMap()).toString();
  }
}
