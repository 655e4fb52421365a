package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Chooses the {@link LikesEnsemble}s of short and of longer histories by {@link CrossValidation} on
 * a sample of the users: first, of each similarity, its strength, the weight of popularity and the
 * power of the history's length; then of these, and of a {@link KernelAutoencoder}, which sum of at
 * most {@value #MAX_WEIGHT} ranks best (ensemble selection with replacement, Caruana et al., ICML
 * 2004, but of all sums instead of step by step). O(candidates x training of the sample).
 */
public final class ItemToItemTuning {
  private static final double[] POPULARITY_WEIGHTS = {0.03, 0.1, 0.2, 0.3, 0.5, 0.7};
  private static final double[] LIFT_POPULARITY_WEIGHTS = {0.7, 1};
  private static final double[] EASE_POPULARITY_WEIGHTS = {0.003, 0.01, 0.03, 0.1};

  /** Lengths that the models of short and of longer histories are chosen on. */
  private static final List<Integer> FEW = List.of(1, 3);

  private static final List<Integer> MANY = List.of(10, 20);

  /** Weight of popularity that breaks ties and little more. */
  private static final double PURE = 0.01;

  /** Share of the highest nDCG that may be given for recall. */
  private static final double SLACK = 0.01;

  private static final double[] HISTORY_POWERS = {0, -0.25, -0.5, 0.5};

  /** Items up to which similarities are candidates whose rows are dense. */
  private static final int MAX_DENSE = 20_000;

  /** Of all members of an ensemble together. */
  private static final int MAX_WEIGHT = 4;

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

  /** The best of each similarity, for one group of lengths. */
  private static final class Best {
    private final List<Integer> given;
    private final Map<Similarity, ItemToItemConfig> configs = new EnumMap<>(Similarity.class);
    private final Map<Similarity, Double> ndcg = new EnumMap<>(Similarity.class);

    Best(List<Integer> given) {
      this.given = given;
    }

    void offer(ItemToItemConfig candidate, CrossValidation.Measured measured) {
      double mean = measured.ndcg(given);
      if (mean > ndcg.getOrDefault(candidate.similarity(), -1.0)) {
        ndcg.put(candidate.similarity(), mean);
        configs.put(candidate.similarity(), candidate);
      }
    }

    /**
     * The best of each similarity; the best cosine with next to no popularity, too, since another
     * member may be what says popularity; and a kernel autoencoder.
     */
    List<LikesConfig> members() {
      Set<LikesConfig> members = new LinkedHashSet<>(configs.values());
      ItemToItemConfig cosine = configs.get(Similarity.COSINE);
      if (cosine != null) {
        members.add(cosine.with(PURE, 0));
      }
      members.add(KernelAutoencoderConfig.DEFAULT);
      return List.copyOf(members);
    }

    /** Of the members in all sums that are measured. */
    List<int[]> weights() {
      return WeightedSums.weights(members().size(), MAX_WEIGHT);
    }

    WeightedSums sums(LikesLibrary library) {
      return new WeightedSums(members().stream().map(library::ranker).toList(), weights());
    }

    /**
     * Of the sums that come near the highest nDCG the one with the highest recall: the one figure
     * is made by users who like much, the other by those who like little. Of equal ones the one of
     * fewer members.
     *
     * @param measured of each of the sums
     */
    Chosen choose(List<CrossValidation.Measured> measured) {
      List<int[]> weights = weights();
      double highest = -1;
      double single = -1;
      for (int w = 0; w < weights.size(); w++) {
        highest = Math.max(highest, measured.get(w).ndcg(given));
        if (Arrays.stream(weights.get(w)).sum() == 1) {
          single = highest;
        }
      }
      int best = -1;
      for (int w = 0; w < weights.size(); w++) {
        if (measured.get(w).ndcg(given) >= (1 - SLACK) * highest
            && (best < 0 || measured.get(w).recall(given) > measured.get(best).recall(given))) {
          best = w;
        }
      }
      List<EnsembleConfig.Part> parts = new ArrayList<>();
      List<LikesConfig> members = members();
      for (int m = 0; m < members.size(); m++) {
        if (weights.get(best)[m] > 0) {
          parts.add(new EnsembleConfig.Part(members.get(m), weights.get(best)[m]));
        }
      }
      return new Chosen(new EnsembleConfig(parts), measured.get(best).ndcg(given), single);
    }
  }

  /**
   * An ensemble, and what it was chosen by.
   *
   * @param single the highest figure of one member
   */
  private record Chosen(EnsembleConfig config, double ndcg, double single) {}

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
    Best few = new Best(FEW);
    Best many = new Best(MANY);
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
    List<Chosen> chosen = ensembles(List.of(few, many), users, attributes, random.nextLong());
    Chosen ofFew = chosen.get(0);
    Chosen ofMany = chosen.get(1);
    progress.step(what, ++done, steps);
    CrossValidation.Measured popularity =
        users.measure(training -> List.of(PopularityRanker.fit(training))).get(0);
    Interactions trainedOn = users.oneTraining();
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("validation_users", (double) users.size());
    metrics.put("few_chosen_at_ndcg@10", ofFew.ndcg);
    metrics.put("few_single_ndcg@10", ofFew.single);
    metrics.put("few_popularity_ndcg@10", popularity.ndcg(FEW));
    metrics.put("many_chosen_at_ndcg@10", ofMany.ndcg);
    metrics.put("many_single_ndcg@10", ofMany.single);
    metrics.put("many_popularity_ndcg@10", popularity.ndcg(MANY));
    return new Choice(
        ofFew.config.grown(trainedOn, positives),
        ofMany.config.grown(trainedOn, positives),
        metrics);
  }

  /** One for each group of lengths; what several are made of is trained once for each fold. */
  private List<Chosen> ensembles(
      List<Best> groups, CrossValidation users, UserAttributes attributes, long seed) {
    List<LikesConfig> all = groups.stream().flatMap(each -> each.members().stream()).toList();
    List<CrossValidation.Measured> measured =
        users.measureGroups(
            training -> {
              LikesLibrary library =
                  new LikesLibrary(
                      training, attributes, scale, threads, new SplittableRandom(seed), all);
              return groups.stream()
                  .map(each -> new CrossValidation.Asked(each.sums(library), each.given))
                  .toList();
            });
    List<Chosen> chosen = new ArrayList<>();
    int first = 0;
    for (Best group : groups) {
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
