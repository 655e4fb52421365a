package dev.thaw.launcher.bench;

import java.util.List;

/** Everything that {@code thaw bench} measures, in its order. */
public final class Benchmarks {
  private Benchmarks() {}

  public static List<Benchmark> all() {
    return List.of(
        new RecommendationBench(),
        new WholeScoringBench(),
        new FactorScoringBench(),
        new IndexBench(),
        new BanditsBench(),
        new ItemToItemBench(),
        new MetaBench(),
        new TrainBench(),
        new EventsBench(),
        new FreshnessBench(),
        new RollingFeaturesBench(),
        new EncodingBench(),
        new FeatureServerBench(),
        new GorseBench(),
        new BridgeBench(),
        new TransferBench(),
        new StackBench());
  }
}
