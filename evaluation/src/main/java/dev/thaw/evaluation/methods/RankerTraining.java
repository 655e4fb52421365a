package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.ItemToItemRidge;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorRanker;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemModel;
import dev.thaw.models.itemtoitem.ItemToItemPair;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.segments.SegmentData;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.segments.SegmentTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Trains the rankers: popularity first, then what it is compared with. */
public final class RankerTraining {
  private static final int COSINE_NEIGHBOURS = 200;

  private final Experiment experiment;
  private final @Nullable ContentNeighbours content;
  private final RankerParameters parameters;
  private final Extent extent;
  private final int threads;
  private final long seed;
  private final ItemDictionary items;
  private final Interactions positives;
  private final List<RankingMethod> methods = new ArrayList<>();
  private final Map<String, String> skipped = new TreeMap<>();

  private RankerTraining(
      Experiment experiment,
      @Nullable ContentNeighbours content,
      RankerParameters parameters,
      Extent extent,
      int threads,
      long seed) {
    this.experiment = experiment;
    this.content = content;
    this.parameters = parameters;
    this.extent = extent;
    this.threads = threads;
    this.seed = seed;
    this.items = experiment.training().items();
    this.positives = experiment.positives();
  }

  /**
   * @param content neighbours of the target's items, null where items have no text
   * @param parameters chosen on validation users
   */
  public static TrainedRankers train(
      Experiment experiment,
      @Nullable ContentNeighbours content,
      RankerParameters parameters,
      Extent extent,
      int threads,
      long seed) {
    return new RankerTraining(experiment, content, parameters, extent, threads, seed).train();
  }

  private TrainedRankers train() {
    FactorModel factors = implicitAls(positives, experiment.scale(), parameters.als());
    methods.add(Named.baseline(ofRanker(PopularityRanker.fit(positives), 0)));
    RankingMethod segmentPopularity = bySegment(factors);
    methods.add(segmentPopularity);
    RankingMethod byContent = content == null ? null : Named.baseline(ofRanker(content, 1));
    if (byContent != null) {
      methods.add(byContent);
    }
    if (extent.hasBaselines()) {
      addBaselines();
    }
    ItemToItemPair itemToItem =
        ItemToItemPair.fit(parameters.itemToItem(), positives, experiment.scale(), threads);
    RankingMethod byItemToItem = ofRanker(itemToItem, 1);
    methods.add(byItemToItem);
    methods.add(ofRanker(new FactorRanker(MethodNames.FACTORS, factors), 1));
    if (extent.hasNetworks()) {
      MetaRanking.train(experiment, threads, seed).ifPresent(methods::add);
    }
    UserVectors vectors = vectors(factors);
    methods.addAll(crossDomain(vectors));
    return new TrainedRankers(
        methods,
        new DefaultRouting(vectors, itemToItem, byItemToItem, byContent, segmentPopularity),
        skipped);
  }

  private FactorModel implicitAls(Interactions liked, RatingScale scale, ImplicitAlsConfig config) {
    return FactorTrainers.implicitAls(config, scale, threads, TrainingProgress.SILENT)
        .fit(liked, new SplittableRandom(seed));
  }

  private ItemToItemModel itemToItem(ItemToItemConfig config) {
    return new ItemToItemTrainer(config, experiment.scale(), threads).fit(positives);
  }

  /** A ranker by its own dictionary, in the experiment's numbers. */
  private RankingMethod ofRanker(Ranker ranker, int minSupport) {
    boolean same = ranker.items().equals(items);
    int[] numbers = new int[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ranker.items().indexOf(items.get(i));
    }
    return Named.ranking(
        ranker.name(),
        (user, out) -> {
          History known = liked(user.support());
          if (known.entries().size() < minSupport) {
            return false;
          }
          if (same) {
            ranker.score(known, out);
            return true;
          }
          float[] scores = new float[ranker.items().size()];
          ranker.score(known, scores);
          boolean any = false;
          for (int i = 0; i < out.length; i++) {
            out[i] = numbers[i] < 0 ? Float.NEGATIVE_INFINITY : scores[numbers[i]];
            any |= out[i] > 0;
          }
          return any;
        });
  }

  private RankingMethod bySegment(FactorModel factors) {
    SegmentModel segments =
        new SegmentTrainer()
            .fit(
                new SegmentData(positives, factors, experiment.profiles(), experiment.attributes()),
                new SplittableRandom(seed));
    return Named.ranking(
        MethodNames.SEGMENT_POPULARITY,
        segments.segments().size() + " segments, " + segments.gate(),
        (user, out) -> {
          Arrays.fill(out, 0);
          UserProfile profile =
              user.profile() == null ? UserProfile.empty(user.user()) : user.profile();
          String segment = segments.assign(profile, user.support(), factors).segment();
          for (var counted : segments.segment(segment).popularity().ranked()) {
            int item = items.indexOf(counted.item());
            if (item >= 0) {
              out[item] = (float) counted.count();
            }
          }
          return true;
        });
  }

  private void addBaselines() {
    methods.add(ofRanker(itemToItem(ItemToItemConfig.cosine(COSINE_NEIGHBOURS)), 1));
    methods.add(ofRanker(itemToItem(ItemToItemConfig.naiveBayes(parameters.liftShrinkage())), 1));
    methods.add(ofRanker(itemToItem(ItemToItemConfig.ease(parameters.easeLambda())), 1));
    addRidges();
  }

  /** Adds a ridge for each source that shares enough users. */
  private void addRidges() {
    experiment
        .sources()
        .forEach(
            (source, data) -> {
              String name = MethodNames.ITEM_RIDGE + " " + source;
              int overlap = BridgeData.overlap(data.interactions(), positives);
              if (overlap < ItemToItemRidge.MIN_OVERLAP) {
                skipped.put(name, tooFew(overlap, ItemToItemRidge.MIN_OVERLAP));
              } else {
                methods.add(Named.baseline(itemRidge(name, source, data.interactions())));
              }
            });
  }

  private RankingMethod itemRidge(String name, DomainId source, Interactions data) {
    ItemToItemRidge ridge = ItemToItemRidge.fit(data, positives, new SplittableRandom(seed));
    return Named.ranking(
        name,
        "lambda " + ridge.lambda(),
        (user, out) -> {
          History there = user.sources().getOrDefault(source, History.EMPTY);
          ridge.score(there, out);
          return !there.entries().isEmpty();
        });
  }

  /** The bridges of the pairs that the job trains one for. */
  private UserVectors vectors(FactorModel target) {
    List<UserVectors.Source> bridges = new ArrayList<>();
    experiment
        .sources()
        .forEach(
            (source, data) -> {
              Interactions liked = data.positives();
              int overlap = BridgeData.overlap(data.interactions(), positives);
              if (liked.size() == 0) {
                skipped.put("bridge from " + source, "nobody likes anything there");
              } else if (overlap < BridgeTrainer.MIN_OVERLAP) {
                skipped.put("bridge from " + source, tooFew(overlap, BridgeTrainer.MIN_OVERLAP));
              } else {
                FactorModel model = implicitAls(liked, data.scale(), parameters.source(source));
                if (extent.hasNetworks()) {
                  methods.addAll(
                      new NeuralBridges(experiment, threads, seed).rankings(source, model, target));
                }
                bridges.add(
                    new UserVectors.Source(
                        new BridgeTrainer(threads)
                            .fit(
                                new BridgeData(data.interactions(), positives, model, target),
                                new SplittableRandom(seed)),
                        model));
              }
            });
    return new UserVectors(target, bridges);
  }

  private static String tooFew(int overlap, int needed) {
    return "needs at least " + needed + " users of both domains, there are " + overlap;
  }

  private static List<RankingMethod> crossDomain(UserVectors vectors) {
    List<GatedBridge> bridges = vectors.bridges();
    if (bridges.isEmpty()) {
      return List.of();
    }
    return List.of(
        Named.ranking(
            MethodNames.CROSS_DOMAIN,
            bridges.stream()
                .map(each -> each.bridge().name() + " " + each.decision())
                .collect(Collectors.joining("; ")),
            (user, out) -> {
              Optional<UserVectors.Mapped> mapped = vectors.mapped(user);
              mapped.ifPresent(known -> vectors.score(known.vector(), out));
              return mapped.isPresent();
            }),
        Named.ranking(
            MethodNames.BLENDED,
            bridges.stream()
                .map(each -> each.bridge().source() + " as much as " + each.decision().trust())
                .collect(Collectors.joining("; ")),
            (user, out) -> {
              Optional<UserVector> vector = vectors.blended(user);
              vector.ifPresent(known -> vectors.score(known, out));
              return vector.isPresent();
            }));
  }

  private History liked(History history) {
    List<History.Entry> entries =
        history.entries().stream()
            .filter(entry -> experiment.scale().isPositive(entry.strength()))
            .toList();
    return new History(entries.size(), entries);
  }
}
