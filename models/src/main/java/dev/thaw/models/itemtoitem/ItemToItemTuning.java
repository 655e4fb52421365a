package dev.thaw.models.itemtoitem;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.RankerGroup;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.CrossValidation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Chooses the {@link LikesEnsemble} of each {@link HistoryKind} by {@link CrossValidation} on a
 * sample of the users: first the strength of each similarity and, of cosine and EASE, the weight of
 * popularity and the power of the history's length; then which sum of at most {@value
 * EnsembleSelection#MAX_WEIGHT} of the {@link EnsembleSelection#members} ranks best (ensemble
 * selection with replacement, Caruana et al., ICML 2004, but of all sums instead of step by step).
 * O(candidates x training of the sample).
 */
public final class ItemToItemTuning {
  private static final double[] POPULARITY_WEIGHTS = {0.03, 0.1, 0.2, 0.3, 0.5, 0.7};
  private static final double[] EASE_POPULARITY_WEIGHTS = {0.003, 0.01, 0.03, 0.1};

  private static final double[] HISTORY_POWERS = {0, -0.25, -0.5, 0.5};

  /** Of popularity beside pairs, all that is chosen where few users are known; first the usual. */
  private static final int[] WEIGHTS_OF_FEW = {1, 0, 2, 4};

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
   * @param ensembles one for each {@link HistoryKind}, in its order
   * @param answersFrom from how many onboarding questions on their answers are ranked by the
   *     ensemble of their own, at least 1; {@link HistoryKind#NEVER} where likes rank as well
   * @param metrics for a provenance: nDCG at 10 of each ensemble, of its best single member and of
   *     popularity, and what answers gain by their own over being ranked as likes; of few users
   *     that of the weight of popularity they chose and of the usual one; empty where there were
   *     too few users for that, too
   */
  public record Choice(
      List<EnsembleConfig> ensembles, int answersFrom, Map<String, Double> metrics) {
    public Choice {
      if (answersFrom < 1) {
        throw new IllegalArgumentException("answersFrom must be >= 1, was " + answersFrom);
      }
      if (ensembles.size() != HistoryKind.values().length) {
        throw new IllegalArgumentException(
            "there must be one ensemble for each of "
                + List.of(HistoryKind.values())
                + ", were "
                + ensembles.size());
      }
      ensembles = List.copyOf(ensembles);
      metrics = Map.copyOf(metrics);
    }

    /** Of one model for all kinds, by which nothing was chosen. */
    public static Choice of(ItemToItemConfig config) {
      return of(EnsembleConfig.of(config), Map.of());
    }

    private static Choice of(EnsembleConfig config, Map<String, Double> metrics) {
      return new Choice(
          Collections.nCopies(HistoryKind.values().length, config), HistoryKind.NEVER, metrics);
    }

    EnsembleConfig of(HistoryKind kind) {
      return ensembles.get(kind.ordinal());
    }

    /** For a provenance. */
    public Map<String, String> toMap() {
      Map<String, String> all = new TreeMap<>();
      for (HistoryKind kind : HistoryKind.values()) {
        of(kind).toMap().forEach((name, value) -> all.put(kind.key() + "." + name, value));
      }
      all.put("answers.from", answersFrom == HistoryKind.NEVER ? "never" : "" + answersFrom);
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
      return ofFew(positives, attributes, random);
    }
    List<ItemToItemConfig> families = families(positives);
    double share = (double) users.oneTraining().rows() / positives.rows();
    List<EnsembleSelection> selections =
        Arrays.stream(HistoryKind.values())
            .map(kind -> new EnsembleSelection(kind, share))
            .toList();
    int steps = families.size() + 1;
    String what = "parameters of item-to-item of " + positives.domain();
    int done = 0;
    for (ItemToItemConfig family : families) {
      List<ItemToItemConfig> variants = variants(family);
      List<CrossValidation.Measured> measured =
          users.measure(training -> rankers(family, variants, training));
      for (int v = 0; v < variants.size(); v++) {
        for (EnsembleSelection selection : selections) {
          selection.offer(variants.get(v), measured.get(v));
        }
      }
      progress.step(what, ++done, steps);
    }
    CrossValidation.Measured popularity =
        users.measure(training -> List.of(PopularityRanker.fit(training))).get(0);
    List<EnsembleSelection.Chosen> chosen =
        ensembles(selections, users, attributes, random.nextLong());
    AnswersThreshold threshold = threshold(chosen, users, attributes, random.nextLong());
    if (threshold.from() == HistoryKind.NEVER) {
      chosen.set(HistoryKind.ANSWERS.ordinal(), chosen.get(HistoryKind.FEW.ordinal()));
    }
    progress.step(what, ++done, steps);
    Map<String, Double> metrics = new HashMap<>(threshold.gains());
    metrics.put("validation_users", (double) users.size());
    for (HistoryKind kind : HistoryKind.values()) {
      if (kind == HistoryKind.ANSWERS && threshold.from() == HistoryKind.NEVER) {
        break;
      }
      EnsembleSelection.Chosen best = chosen.get(kind.ordinal());
      metrics.put(kind.key() + "_chosen_at_ndcg@10", best.ndcg());
      metrics.put(kind.key() + "_single_ndcg@10", best.single());
      metrics.put(kind.key() + "_popularity_ndcg@10", popularity.mean(kind.given()));
    }
    Interactions trainedOn = users.oneTraining();
    return new Choice(
        chosen.stream().map(best -> best.config().grown(trainedOn, positives)).toList(),
        threshold.from(),
        metrics);
  }

  /** Measures what was chosen as it will serve, with and without the ensemble of answers. */
  private AnswersThreshold threshold(
      List<EnsembleSelection.Chosen> chosen,
      CrossValidation users,
      UserAttributes attributes,
      long seed) {
    List<LikesConfig> all =
        chosen.stream()
            .flatMap(each -> each.config().parts().stream())
            .map(EnsembleConfig.Part::config)
            .toList();
    List<CrossValidation.Measured> measured =
        users.measureGroups(
            training -> {
              LikesLibrary library = library(training, attributes, seed, all);
              List<LikesEnsemble> byKind =
                  chosen.stream().map(each -> library.ensemble(each.config())).toList();
              return Stream.of(
                      new ItemToItemEnsembles(byKind, 1),
                      new LikesElsePopularity(
                          new ItemToItemEnsembles(byKind, HistoryKind.NEVER),
                          PopularityRanker.fit(training)))
                  .map(RankerGroup::of)
                  .map(each -> new CrossValidation.Asked(each, AnswersThreshold.given()))
                  .toList();
            });
    return AnswersThreshold.choose(measured.get(0), measured.get(1), new SplittableRandom(seed));
  }

  /** As serving ranks where answers are likes: who likes nothing gets what is popular. */
  private record LikesElsePopularity(ItemToItemEnsembles likes, PopularityRanker popularity)
      implements Ranker {
    @Override
    public String name() {
      return likes.name();
    }

    @Override
    public ItemDictionary items() {
      return likes.items();
    }

    @Override
    public void score(History history, float[] out) {
      score(history, Map.of(), out);
    }

    @Override
    public void score(History history, Map<String, String> attributes, float[] out) {
      Ranker ranker = likes.counted(history) == 0 ? popularity : likes;
      ranker.score(history, attributes, out);
    }
  }

  /** How far to trust pairs of items at all, one answer for all kinds of histories. */
  private Choice ofFew(Interactions positives, UserAttributes attributes, RandomGenerator random) {
    List<EnsembleConfig> candidates =
        Arrays.stream(WEIGHTS_OF_FEW).mapToObj(this::besidePopularity).toList();
    CrossValidation users = CrossValidation.ofFew(positives, attributes, random);
    if (users.isEmpty()) {
      return Choice.of(candidates.get(0), Map.of());
    }
    long seed = random.nextLong();
    List<CrossValidation.Measured> measured =
        users.measure(
            training -> {
              LikesLibrary library =
                  new LikesLibrary(
                      training,
                      attributes,
                      scale,
                      threads,
                      new SplittableRandom(seed),
                      List.of(candidates.get(0).parts().get(0).config()));
              return candidates.stream().map(library::ensemble).toList();
            });
    int best = 0;
    for (int c = 1; c < candidates.size(); c++) {
      if (measured.get(c).meanOfAll(ColdUsers.GIVEN)
          > measured.get(best).meanOfAll(ColdUsers.GIVEN)) {
        best = c;
      }
    }
    return Choice.of(
        candidates.get(best),
        Map.of(
            "validation_users",
            (double) users.size(),
            "chosen_at_ndcg@10",
            measured.get(best).meanOfAll(ColdUsers.GIVEN),
            "usual_ndcg@10",
            measured.get(0).meanOfAll(ColdUsers.GIVEN)));
  }

  private EnsembleConfig besidePopularity(int weight) {
    EnsembleConfig.Part pairs =
        new EnsembleConfig.Part(ItemToItemConfig.DEFAULT.withNeighbours(neighbours), 1);
    return new EnsembleConfig(
        weight == 0
            ? List.of(pairs)
            : List.of(pairs, new EnsembleConfig.Part(new LikesPopularityConfig(), weight)));
  }

  private LikesLibrary library(
      Interactions training, UserAttributes attributes, long seed, List<LikesConfig> configs) {
    return new LikesLibrary(
        training, attributes, scale, threads, new SplittableRandom(seed), configs);
  }

  /** One for each kind of histories; what several are made of is trained once for each fold. */
  private List<EnsembleSelection.Chosen> ensembles(
      List<EnsembleSelection> groups, CrossValidation users, UserAttributes attributes, long seed) {
    List<LikesConfig> all = groups.stream().flatMap(each -> each.members().stream()).toList();
    List<CrossValidation.Measured> measured =
        users.measureGroups(
            training -> {
              LikesLibrary library = library(training, attributes, seed, all);
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
    if (family.similarity() == Similarity.LIFT) {
      return List.of(family.with(1, 0));
    }
    List<ItemToItemConfig> variants = new ArrayList<>();
    for (double weight : weights(family)) {
      for (double power : HISTORY_POWERS) {
        variants.add(family.with(weight, power));
      }
    }
    return variants;
  }

  private static double[] weights(ItemToItemConfig family) {
    return family.similarity() == Similarity.EASE ? EASE_POPULARITY_WEIGHTS : POPULARITY_WEIGHTS;
  }
}
