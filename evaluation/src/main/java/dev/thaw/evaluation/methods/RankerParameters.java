package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.ItemCosineRanker;
import dev.thaw.models.ranking.NaiveBayesRanker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Parameters of the rankers, chosen on users held out of the training data; the test users have no
 * part in it.
 *
 * @param als of the target
 * @param sources of the sources
 * @param cosinePopularity weight of log popularity beside cosines
 * @param liftShrinkage of naive Bayes
 */
public record RankerParameters(
    ImplicitAlsConfig als,
    Map<DomainId, ImplicitAlsConfig> sources,
    double cosinePopularity,
    double liftShrinkage) {
  private static final List<Double> COSINE_POPULARITY = List.of(0.0, 0.01, 0.03, 0.1, 0.3);
  private static final List<Double> LIFT_SHRINKAGES = List.of(100.0, 30.0, 10.0);
  private static final int MAX_USERS = 200;
  private static final int NEIGHBOURS = 200;

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
    ColdUsers users = ColdUsers.choose(positives, MAX_USERS, new SplittableRandom(seed));
    if (users.isEmpty()) {
      return new RankerParameters(als, sources, 0, LIFT_SHRINKAGES.get(0));
    }
    Interactions training = users.training();
    ItemCosineRanker cosine = ItemCosineRanker.fit(training, NEIGHBOURS);
    double weight = best(COSINE_POPULARITY, each -> users.ndcg(cosine.withPopularity(each)));
    double shrinkage =
        best(LIFT_SHRINKAGES, each -> users.ndcg(NaiveBayesRanker.fit(training, each)));
    return new RankerParameters(als, sources, weight, shrinkage);
  }

  private static ImplicitAlsConfig als(
      Interactions positives, RatingScale scale, int threads, long seed) {
    return new ImplicitAlsTuning(ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
        .choose(positives, new SplittableRandom(seed))
        .config();
  }

  private static double best(
      List<Double> candidates, java.util.function.DoubleUnaryOperator figure) {
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
    all.put("cosine popularity weight", "" + cosinePopularity);
    all.put("naive-bayes shrinkage", "" + liftShrinkage);
    return all;
  }

  /** The same text in every run. */
  private static String inOrder(ImplicitAlsConfig config) {
    return new TreeMap<>(config.toMap()).toString();
  }
}
