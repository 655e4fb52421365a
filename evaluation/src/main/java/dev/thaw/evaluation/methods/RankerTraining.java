package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.ItemToItemRidge;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemModel;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.itemtoitem.KernelAutoencoder;
import dev.thaw.models.itemtoitem.KernelAutoencoderConfig;
import dev.thaw.models.itemtoitem.KernelAutoencoderTrainer;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.served.CatalogueRanker;
import dev.thaw.models.served.ServedData;
import dev.thaw.models.served.ServedModels;
import dev.thaw.models.served.ServedTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    ServedData data = experiment.served(content);
    ServedTrainer trainer = new ServedTrainer(threads, seed);
    Map<DomainId, FactorModel> sources = trainer.sources(data, parameters.served());
    ServedModels served = trainer.train(data, parameters.served(), sources);
    methods.add(Named.baseline(ofRanker(PopularityRanker.fit(positives), 0)));
    methods.add(
        Named.ranking(
            MethodNames.SEGMENT_POPULARITY,
            served.segments().segments().size() + " segments, " + served.segments().gate(),
            of(served, Method.POPULARITY)));
    if (content != null) {
      methods.add(Named.baseline(Named.ranking(MethodNames.CONTENT, of(served, Method.CONTENT))));
    }
    if (extent.baselines()) {
      addBaselines();
    }
    methods.add(Named.ranking(MethodNames.ITEM_TO_ITEM, of(served, Method.ITEM_TO_ITEM)));
    methods.add(Named.ranking(MethodNames.FACTORS, served::scoreByOwn));
    methods.add(Named.ranking(MethodNames.FUSED, of(served, Method.FUSED)));
    if (extent.networks()) {
      MetaRanking.train(experiment, threads, seed).ifPresent(methods::add);
      addNetworks(served, sources);
    }
    if (extent.sequential()) {
      addSequential();
    }
    addCrossDomain(served);
    skipped.putAll(served.skipped());
    return new TrainedRankers(methods, served, skipped);
  }

  private static Named.Score of(ServedModels served, Method method) {
    return (user, out) -> served.score(RoutingPolicy.standard(), method, user, out);
  }

  private ItemToItemModel itemToItem(ItemToItemConfig config) {
    return new ItemToItemTrainer(config, experiment.scale(), threads).fit(positives);
  }

  private void addAutoencoder() {
    if (KernelAutoencoderTrainer.canLearn(positives)) {
      methods.add(
          ofRanker(
              new KernelAutoencoderTrainer(KernelAutoencoderConfig.DEFAULT, experiment.scale())
                  .fit(
                      positives,
                      experiment.served(content).userAttributes(),
                      new SplittableRandom(seed)),
              1));
    } else {
      skipped.put(KernelAutoencoder.NAME, "nobody likes two items");
    }
  }

  /** A ranker by its own dictionary, in the experiment's numbers. */
  private RankingMethod ofRanker(Ranker ranker, int minLikes) {
    CatalogueRanker ranked = new CatalogueRanker(ranker, items, experiment.scale(), minLikes);
    return Named.ranking(
        ranker.name(), (user, out) -> ranked.score(user.support(), user.attributes(), out));
  }

  private void addBaselines() {
    methods.add(ofRanker(itemToItem(ItemToItemConfig.cosine(COSINE_NEIGHBOURS)), 1));
    methods.add(ofRanker(itemToItem(ItemToItemConfig.naiveBayes(parameters.liftShrinkage())), 1));
    methods.add(ofRanker(itemToItem(ItemToItemConfig.ease(parameters.easeLambda())), 1));
    addAutoencoder();
    addRidges();
  }

  /** Adds the ridges of each source that shares enough users. */
  private void addRidges() {
    experiment
        .sources()
        .forEach(
            (source, data) -> {
              int overlap = BridgeData.overlap(data.interactions(), positives);
              if (overlap < ItemToItemRidge.MIN_OVERLAP) {
                skipped.put(
                    MethodNames.ITEM_RIDGE + " " + source,
                    "needs at least "
                        + ItemToItemRidge.MIN_OVERLAP
                        + " users of both domains, there are "
                        + overlap);
              } else {
                addRidge(source, ItemToItemRidge.fit(data.interactions(), positives));
                addRidge(source, ItemToItemRidge.rowNormalised(data.interactions(), positives));
              }
            });
  }

  private void addRidge(DomainId source, ItemToItemRidge ridge) {
    methods.add(
        Named.baseline(
            Named.ranking(
                ridge.name() + " " + source,
                ridge.setting().toString(),
                (user, out) -> {
                  History there = user.sources().getOrDefault(source, History.EMPTY);
                  ridge.score(there, out);
                  return !there.entries().isEmpty();
                })));
  }

  /** Those of the pairs that there is a bridge for. */
  private void addNetworks(ServedModels served, Map<DomainId, FactorModel> sources) {
    for (GatedBridge bridge : served.bridges()) {
      DomainId source = bridge.bridge().source();
      methods.addAll(
          new NeuralBridges(experiment, threads, seed)
              .rankings(source, Objects.requireNonNull(sources.get(source)), served.factors()));
    }
  }

  private void addSequential() {
    SequentialRanking sequential = new SequentialRanking(experiment, seed);
    sequential
        .obstacle()
        .ifPresentOrElse(
            why -> skipped.put(MethodNames.SEQUENTIAL, why),
            () -> methods.addAll(sequential.train()));
  }

  private void addCrossDomain(ServedModels served) {
    List<GatedBridge> bridges = served.bridges();
    if (bridges.isEmpty()) {
      return;
    }
    methods.add(
        Named.ranking(
            MethodNames.CROSS_DOMAIN,
            bridges.stream()
                .map(each -> each.bridge().name() + " " + each.decision())
                .collect(Collectors.joining("; ")),
            served::scoreByMapped));
    methods.add(
        Named.ranking(
            MethodNames.BLENDED,
            bridges.stream()
                .map(each -> each.bridge().source() + " as much as " + each.decision().trust())
                .collect(Collectors.joining("; ")),
            of(served, Method.CROSS_DOMAIN)));
  }
}
