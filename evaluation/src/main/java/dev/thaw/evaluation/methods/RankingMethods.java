package dev.thaw.evaluation.methods;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.ItemCosineRanker;
import dev.thaw.models.ranking.NaiveBayesRanker;
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
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The rankers: popularity first, then what it is compared with, the routed hybrid last. */
public final class RankingMethods {
  private static final int COSINE_NEIGHBOURS = 200;
  private static final double LIFT_SHRINKAGE = 100;

  private final Experiment experiment;
  private final @Nullable ContentNeighbours content;
  private final int threads;
  private final long seed;
  private final ItemDictionary items;

  private RankingMethods(
      Experiment experiment, @Nullable ContentNeighbours content, int threads, long seed) {
    this.experiment = experiment;
    this.content = content;
    this.threads = threads;
    this.seed = seed;
    this.items = experiment.training().items();
  }

  /**
   * @param content neighbours of the target's items, null where items have no text
   */
  public static List<RankingMethod> train(
      Experiment experiment, @Nullable ContentNeighbours content, int threads, long seed) {
    return new RankingMethods(experiment, content, threads, seed).train();
  }

  private List<RankingMethod> train() {
    Interactions positives = experiment.positives();
    FactorModel factors = implicitAls(positives);
    List<RankingMethod> methods = new ArrayList<>();
    RankingMethod popularity = ofRanker(PopularityRanker.fit(positives), 0);
    RankingMethod segments = bySegment(positives, factors);
    RankingMethod byContent = content == null ? null : ofRanker(content, 1);
    RankingMethod byFactors =
        Named.ranking(
            "implicit-als",
            (user, out) -> {
              if (user.support().entries().isEmpty()) {
                return false;
              }
              factors.score(factors.foldIn(user.support()), out);
              return true;
            });
    RankingMethod bridged = crossDomain(factors, positives);
    methods.add(popularity);
    methods.add(segments);
    if (byContent != null) {
      methods.add(byContent);
    }
    methods.add(ofRanker(ItemCosineRanker.fit(positives, COSINE_NEIGHBOURS), 1));
    methods.add(ofRanker(NaiveBayesRanker.fit(positives, LIFT_SHRINKAGE), 1));
    methods.add(byFactors);
    if (bridged != null) {
      methods.add(bridged);
    }
    methods.add(new Hybrid(segments, byContent, byFactors, bridged));
    return methods;
  }

  private FactorModel implicitAls(Interactions positives) {
    return FactorTrainers.implicitAls(
            ImplicitAlsConfig.DEFAULT, experiment.scale(), threads, TrainingProgress.SILENT)
        .fit(positives, new SplittableRandom(seed));
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

  private RankingMethod bySegment(Interactions positives, FactorModel factors) {
    SegmentModel segments =
        new SegmentTrainer()
            .fit(
                new SegmentData(positives, factors, experiment.profiles(), experiment.attributes()),
                new SplittableRandom(seed));
    return Named.ranking(
        "segment popularity",
        (user, out) -> {
          Arrays.fill(out, 0);
          String segment =
              user.profile() == null
                  ? dev.thaw.models.segments.Segment.WHOLE_DOMAIN
                  : segments.assign(user.profile(), user.support(), factors).segment();
          for (var counted : segments.segment(segment).popularity().ranked()) {
            int item = items.indexOf(counted.item());
            if (item >= 0) {
              out[item] = (float) counted.count();
            }
          }
          return true;
        });
  }

  private @Nullable RankingMethod crossDomain(FactorModel target, Interactions positives) {
    List<GatedBridge> bridges = new ArrayList<>();
    List<FactorModel> models = new ArrayList<>();
    for (Map.Entry<DomainId, Interactions> source : experiment.sources().entrySet()) {
      Interactions liked = source.getValue().where(experiment.scale()::isPositive);
      FactorModel model = implicitAls(liked);
      bridges.add(
          new BridgeTrainer()
              .fit(new BridgeData(liked, positives, model, target), new SplittableRandom(seed)));
      models.add(model);
    }
    if (bridges.isEmpty()) {
      return null;
    }
    return Named.ranking(
        "cross-domain",
        (user, out) -> {
          for (int i = 0; i < bridges.size(); i++) {
            History there =
                user.sources().getOrDefault(bridges.get(i).bridge().source(), History.EMPTY);
            var mapped = bridges.get(i).map(liked(there), models.get(i));
            if (mapped.isPresent()) {
              UserVector vector = mapped.get();
              target.score(vector, out);
              return true;
            }
          }
          return false;
        });
  }

  private History liked(History history) {
    List<History.Entry> entries =
        history.entries().stream()
            .filter(entry -> experiment.scale().isPositive(entry.strength()))
            .toList();
    return new History(entries.size(), entries);
  }
}
