package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.served.ServedParameters;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.TuningSample;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Parameters of the rankers, chosen on users held out of the training data; the test users have no
 * part in it.
 *
 * @param served of the models that are served
 * @param liftShrinkage of naive Bayes
 * @param easeLambda of EASE; the first candidate where {@link ItemToItemTuning#triesEase} says no
 */
public record RankerParameters(ServedParameters served, double liftShrinkage, double easeLambda) {
  private static final List<Double> LIFT_SHRINKAGES = List.of(100.0, 30.0, 10.0);
  private static final List<Double> EASE_LAMBDAS = List.of(300.0, 1_000.0, 100.0, 3_000.0);

  /**
   * @param extent those of baselines are chosen where these are measured
   */
  public static RankerParameters choose(
      Experiment experiment, Extent extent, int threads, long seed) {
    ServedParameters served = ServedParameters.choose(experiment.served(null), threads, seed);
    RankerParameters untuned =
        new RankerParameters(served, LIFT_SHRINKAGES.get(0), EASE_LAMBDAS.get(0));
    if (!extent.baselines()) {
      return untuned;
    }
    Interactions positives = experiment.positives();
    ColdUsers users = TuningSample.of(positives, new SplittableRandom(seed));
    if (users.isEmpty()) {
      return untuned;
    }
    return new RankerParameters(
        served,
        best(LIFT_SHRINKAGES, each -> ndcg(ItemToItemConfig.naiveBayes(each), users, experiment)),
        ItemToItemTuning.triesEase(positives)
            ? ItemToItemConfig.ease(
                    best(
                        EASE_LAMBDAS, each -> ndcg(ItemToItemConfig.ease(each), users, experiment)))
                .grown(users.training(), positives)
                .strength()
            : untuned.easeLambda);
  }

  private static double ndcg(ItemToItemConfig config, ColdUsers users, Experiment experiment) {
    return users.ndcg(new ItemToItemTrainer(config, experiment.scale(), 1).fit(users.training()));
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

  /** For a report. */
  public Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>(served.toMap());
    all.put("naive-bayes shrinkage", "" + liftShrinkage);
    all.put("ease lambda", "" + easeLambda);
    return all;
  }
}
