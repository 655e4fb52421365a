package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Chooses the {@link LikesEnsemble}s of short and of longer histories by {@link CrossValidation} on
 * a sample of the users: first, of each similarity, its strength, the weight of popularity and the
 * power of the history's length; then of these, and of a {@link KernelAutoencoder}, which sum of at
 * most {@value EnsembleSelection#MAX_WEIGHT} ranks best (ensemble selection with replacement,
 * Caruana et al., ICML 2004, but of all sums instead of step by step). O(candidates x training of
 * the sample).
 */
public final class ItemToItemTuning {
  private static final double[] POPULARITY_WEIGHTS = {0.03, 0.1, 0.2, 0.3, 0.5, 0.7};
  private static final double[] LIFT_POPULARITY_WEIGHTS = {0.7, 1};
  private static final double[] EASE_POPULARITY_WEIGHTS = {0.003, 0.01, 0.03, 0.1};

  /** Lengths that the models of short and of longer histories are chosen on. */
  private static final List<Integer> FEW = List.of(1, 3);

  private static final List<Integer> MANY = List.of(10, 20);

  private static final double[] HISTORY_POWERS = {0, -0.25, -0.5, 0.5};

  /** Items up to which similarities are candidates whose rows are dense. */
  private static final int MAX_DENSE = 20_000;

  private final int neighbours;
  private final RatingScale scale;
  private final int threads;
  private final TrainingProgress progress;

  /**
   * @param neighbours kept of an item, here and in the model to come
   */
  public ItemToItemTuning(
      int neighbours, RatingScale scale, int threads, TrainingProgress progress) {
    this.neighbours = neighbours;
    this.scale = scale;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * What was chosen.
   *
   * @param few for short histories
   * @param many for longer ones
   * @param metrics for a provenance: nDCG at 10 of both ensembles, of the best single members and
   *     of popularity; empty where there were too few users to choose by
   */
  public record Choice(EnsembleConfig few, EnsembleConfig many, Map<String, Double> metrics) {
    public Choice {
      metrics = Map.copyOf(metrics);
    }

    /** Of one model for all lengths, by which nothing was chosen. */
    public static Choice of(ItemToItemConfig config) {
      return new Choice(EnsembleConfig.of(config), EnsembleConfig.of(config), Map.of());
    }

    /** For a provenance. */
    public Map<String, String> toMap() {
      Map<String, String> all = new TreeMap<>();
      few.toMap().forEach((name, value) -> all.put("few." + name, value));
      many.toMap().forEach((name, value) -> all.put("many." + name, value));
      return all;
    }
  }

  /**
   * Whether EASE is among the candidates: where it can learn from some of the users only, each of
   * its fits takes minutes for weights that the others' likes have no part in.
   *
   * @param positives interactions that the users liked
   */
  public static boolean triesEase(Interactions positives) {
    return positives.items().size() <= MAX_DENSE && EaseWeights.isWhole(positives);
  }

  private List<ItemToItemConfig> families(Interactions positives) {
    List<ItemToItemConfig> families = new ArrayList<>();
    for (double damping : new double[] {0, 0.5, 1}) {
      families.add(new ItemToItemConfig(Similarity.COSINE, neighbours, damping, 0, 0));
    }
    if (positives.items().size() <= MAX_DENSE) {
      for (double shrinkage : new double[] {10, 30}) {
        families.add(new ItemToItemConfig(Similarity.LIFT, neighbours, shrinkage, 0, 0));
      }
    }
    if (triesEase(positives)) {
      for (double lambda : new double[] {30, 100, 300}) {
        families.add(new ItemToItemConfig(Similarity.EASE, neighbours, lambda, 0, 0));
      }
    }
    return families;
  }

  /**
   * @param positives interactions that the users liked
   */
  public Choice choose(Interactions positives, UserAttributes attributes, RandomGenerator random) {
    CrossValidation users = CrossValidation.of(positives, attributes, random);
    if (users.isEmpty()) {
      return Choice.of(ItemToItemConfig.DEFAULT.withNeighbours(neighbours));
    }
    List<ItemToItemConfig> families = families(positives);
    double share = (double) users.oneTraining().rows() / positives.rows();
    EnsembleSelection few = new EnsembleSelection(FEW, share);
    EnsembleSelection many = new EnsembleSelection(MANY, share);
    int steps = families.size() + 1;
    String what = "parameters of item-to-item of " + positives.domain();
    int done = 0;
    for (ItemToItemConfig family : families) {
      List<ItemToItemConfig> variants = variants(family);
      List<CrossValidation.Measured> measured =
          users.measure(training -> rankers(family, variants, training));
      for (int v = 0; v < variants.size(); v++) {
        few.offer(variants.get(v), measured.get(v));
        many.offer(variants.get(v), measured.get(v));
      }
      progress.step(what, ++done, steps);
    }
    List<EnsembleSelection.Chosen> chosen =
        ensembles(List.of(few, many), users, attributes, random.nextLong());
    EnsembleSelection.Chosen ofFew = chosen.get(0);
    EnsembleSelection.Chosen ofMany = chosen.get(1);
    progress.step(what, ++done, steps);
    CrossValidation.Measured popularity =
        users.measure(training -> List.of(PopularityRanker.fit(training))).get(0);
    Interactions trainedOn = users.oneTraining();
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("validation_users", (double) users.size());
    metrics.put("few_chosen_at_ndcg@10", ofFew.ndcg());
    metrics.put("few_single_ndcg@10", ofFew.single());
    metrics.put("few_popularity_ndcg@10", popularity.mean(FEW));
    metrics.put("many_chosen_at_ndcg@10", ofMany.ndcg());
    metrics.put("many_single_ndcg@10", ofMany.single());
    metrics.put("many_popularity_ndcg@10", popularity.mean(MANY));
    return new Choice(
        ofFew.config().grown(trainedOn, positives),
        ofMany.config().grown(trainedOn, positives),
        metrics);
  }

  /** One for each group of lengths; what several are made of is trained once for each fold. */
  private List<EnsembleSelection.Chosen> ensembles(
      List<EnsembleSelection> groups, CrossValidation users, UserAttributes attributes, long seed) {
    List<LikesConfig> all = groups.stream().flatMap(each -> each.members().stream()).toList();
    List<CrossValidation.Measured> measured =
        users.measureGroups(
            training -> {
              LikesLibrary library =
                  new LikesLibrary(
                      training, attributes, scale, threads, new SplittableRandom(seed), all);
              return groups.stream()
                  .map(each -> new CrossValidation.Asked(each.sums(library), each.given()))
                  .toList();
            });
    List<EnsembleSelection.Chosen> chosen = new ArrayList<>();
    int first = 0;
    for (EnsembleSelection group : groups) {
      int size = group.weights().size();
      chosen.add(group.choose(measured.subList(first, first + size)));
      first += size;
    }
    return chosen;
  }

  /** One set of weights serves all variants of a family. */
  private List<ItemToItemModel> rankers(
      ItemToItemConfig family, List<ItemToItemConfig> variants, Interactions training) {
    ItemToItemModel model = new ItemToItemTrainer(family, scale, threads).fit(training);
    return variants.stream()
        .map(variant -> model.with(variant.popularityWeight(), variant.historyPower()))
        .toList();
  }

  private static List<ItemToItemConfig> variants(ItemToItemConfig family) {
    List<ItemToItemConfig> variants = new ArrayList<>();
    for (double weight : weights(family)) {
      for (double power : HISTORY_POWERS) {
        variants.add(family.with(weight, power));
      }
    }
    return variants;
  }

  private static double[] weights(ItemToItemConfig family) {
    return switch (family.similarity()) {
      case COSINE -> POPULARITY_WEIGHTS;
      case LIFT -> LIFT_POPULARITY_WEIGHTS;
      case EASE -> EASE_POPULARITY_WEIGHTS;
    };
  }
}
