package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.ItemToItemRidge;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.served.ServedFallbacks;
import dev.thaw.models.served.SourceDomain;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Trainings that rank a domain for users who come from another one. Factors of both domains, where
 * a training needs them, are trained before.
 */
final class TransferTimes {
  private static final int TURNS = 3;

  private final int threads;
  private final long seed;

  TransferTimes(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  List<Figure> run(Experiment split) {
    SourceDomain source = split.sources().values().iterator().next();
    Interactions there = source.interactions();
    Interactions positives = split.positives();
    BridgeData data = data(there, source.scale(), positives, split.training(), split.scale());
    long interactions = (long) there.size() + split.training().size();
    ServedFallbacks fallbacks =
        new ServedFallbacks(split.profiles(), split.attributes(), threads, seed);
    Timed<PopularityRanker> popularity = Timed.of(TURNS, () -> PopularityRanker.fit(positives));
    Timed<ItemToItemRidge> ridge =
        Timed.once(1, () -> ItemToItemRidge.rowNormalised(there, positives));
    Timed<Bridge> kernel = Timed.of(TURNS, () -> kernel(data));
    Timed<GatedBridge> gate =
        Timed.once(1, () -> new BridgeTrainer(threads, fallbacks).fit(data, random()));
    Timed<Bridge> graph =
        Timed.once(1, () -> BridgeTrainers.graph(BiTgcfTrainer.DEFAULT).fit(data, random()));
    List<NewUser> users = NewUser.of(split);
    double popular = ndcg(users, there, positives, popularity.result()::score);
    return List.of(
            ridge
                .figure("row-normalised ridge, its lambda and power chosen in it", interactions)
                .with("nDCG@10", ndcg(users, there, positives, ridge.result()::score)),
            kernel
                .figure("kernel ridge, its lambda chosen before", interactions)
                .with("nDCG@10", ndcg(users, there, positives, ranking(kernel.result(), data))),
            gate.figure("gate, with all its bridges and fallbacks", interactions)
                .with("enabled", gate.result().decision().enabled() ? 1 : 0)
                .with(
                    "nDCG@10",
                    ndcg(users, there, positives, ranking(gate.result().bridge(), data))),
            graph
                .figure("BiTGCF", interactions)
                .with("nDCG@10", ndcg(users, there, positives, ranking(graph.result(), data))))
        .stream()
        .map(
            each ->
                each.beside("popularity, s", popularity.seconds())
                    .with("nDCG@10 of popularity", popular))
        .toList();
  }

  /** With factors of both domains. */
  BridgeData data(
      Interactions there,
      RatingScale itsScale,
      Interactions positives,
      Interactions met,
      RatingScale scale) {
    return new BridgeData(
        there,
        positives,
        met,
        factors(there.where(itsScale::isPositive), itsScale),
        factors(positives, scale));
  }

  Bridge kernel(BridgeData data) {
    return BridgeTrainers.kernel().fit(data, random());
  }

  private FactorModel factors(Interactions liked, RatingScale scale) {
    return FactorTrainers.implicitAls(
            ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
        .fit(liked, random());
  }

  private static BiConsumer<History, float[]> ranking(Bridge bridge, BridgeData data) {
    return (history, out) -> bridge.rank(history, data.sourceModel(), data.targetModel(), out);
  }

  private static double ndcg(
      List<NewUser> users,
      Interactions there,
      Interactions positives,
      BiConsumer<History, float[]> ranking) {
    float[] scores = new float[positives.items().size()];
    double[] reached = new double[users.size()];
    for (int u = 0; u < reached.length; u++) {
      ranking.accept(there.history(users.get(u).user()), scores);
      reached[u] = users.get(u).ndcg(scores);
    }
    return Arrays.stream(reached).average().orElse(0);
  }

  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
