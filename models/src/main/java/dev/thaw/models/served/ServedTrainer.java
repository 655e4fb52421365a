package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.PairFamily;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.segments.SegmentData;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.segments.SegmentTrainer;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.sequential.training.SequentialTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains what the training jobs train for one domain, but for projection and index: factors,
 * item-to-item, segments and a bridge from every source that shares enough users.
 *
 * @param threads change nothing but the time
 * @param sequences trains a sequential model, too, where likes have an order; null for none
 */
public record ServedTrainer(int threads, long seed, @Nullable SequentialTrainer sequences) {
  /** Without a sequential model. */
  public ServedTrainer(int threads, long seed) {
    this(threads, seed, null);
  }

  public ServedTrainer with(SequentialTrainer sequential) {
    return new ServedTrainer(threads, seed, sequential);
  }

  /** The factors of the sources, which no choice of the domain's users changes. */
  public Map<DomainId, FactorModel> sources(ServedData data, ServedParameters parameters) {
    Map<DomainId, FactorModel> factors = new HashMap<>();
    data.sources()
        .forEach(
            (domain, source) -> {
              Interactions liked = source.positives();
              if (liked.size() > 0) {
                factors.put(domain, als(liked, source.scale(), parameters.source(domain)));
              }
            });
    return factors;
  }

  /**
   * @param sources factors of the sources
   * @throws IllegalArgumentException if nobody likes anything in the domain
   */
  public ServedModels train(
      ServedData data, ServedParameters parameters, Map<DomainId, FactorModel> sources) {
    Interactions positives = data.positives();
    FactorModel factors = als(positives, data.scale(), parameters.als());
    SegmentModel segments =
        new SegmentTrainer()
            .fit(new SegmentData(positives, factors, data.profiles(), data.attributes()), random());
    ItemToItemEnsembles itemToItem =
        ItemToItemEnsembles.fit(
            parameters.itemToItem(),
            positives,
            data.userAttributes(),
            data.scale(),
            threads,
            random());
    Map<String, String> skipped = new TreeMap<>();
    UserVectors vectors =
        new UserVectors(factors, bridges(data, positives, factors, sources, skipped));
    return new ServedModels(
        data, itemToItem, vectors, segments, sequential(data, skipped), skipped);
  }

  private @Nullable SequentialModel sequential(ServedData data, Map<String, String> skipped) {
    if (sequences == null) {
      return null;
    }
    Optional<String> obstacle = LikedSequences.obstacle(data.interactions(), data.scale());
    obstacle.ifPresent(why -> skipped.put("sequential", why));
    SplittableRandom random = random();
    return obstacle.isPresent()
        ? null
        : sequences.fit(LikedSequences.of(data.interactions(), data.scale(), random), random);
  }

  private List<UserVectors.Source> bridges(
      ServedData data,
      Interactions positives,
      FactorModel target,
      Map<DomainId, FactorModel> sources,
      Map<String, String> skipped) {
    Fallbacks fallbacks = new ServedFallbacks(data.profiles(), data.attributes(), threads, seed);
    List<GatedBridge> alone = new ArrayList<>();
    data.sources()
        .forEach(
            (domain, source) -> {
              String name = "bridge from " + domain;
              FactorModel factors = sources.get(domain);
              int overlap = BridgeData.overlap(source.interactions(), positives);
              if (factors == null) {
                skipped.put(name, "nobody likes anything there");
              } else if (overlap < BridgeTrainer.MIN_OVERLAP) {
                skipped.put(
                    name,
                    "needs at least "
                        + BridgeTrainer.MIN_OVERLAP
                        + " users of both domains, there are "
                        + overlap);
              } else {
                alone.add(
                    new BridgeTrainer(threads, fallbacks)
                        .fit(
                            new BridgeData(
                                source.interactions(),
                                positives,
                                data.interactions(),
                                factors,
                                target),
                            random()));
              }
            });
    return PairFamily.decide(alone, data.pairs()).stream()
        .map(
            each ->
                new UserVectors.Source(
                    each, Objects.requireNonNull(sources.get(each.bridge().source()))))
        .toList();
  }

  private FactorModel als(Interactions liked, RatingScale scale, ImplicitAlsConfig config) {
    return FactorTrainers.implicitAls(config, scale, threads, TrainingProgress.SILENT)
        .fit(liked, random());
  }

  /** One of its own for each training, so that leaving one out changes no other. */
  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
