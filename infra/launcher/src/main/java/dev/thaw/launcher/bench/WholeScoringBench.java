package dev.thaw.launcher.bench;

import dev.thaw.launcher.console.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to how many items it pays to score all of them for a user's vector: the same requests with
 * every item scored and with the embedded index searched, in catalogues of several sizes. A search
 * over the network costs more than one of the embedded index, so that for a remote one the bound is
 * higher.
 */
final class WholeScoringBench implements Benchmark {
  private static final List<Integer> SIZES = List.of(2_000, 5_000, 20_000);
  private static final int CONNECTIONS = 32;
  private static final String METHOD = "factors";

  /** Share of answers by the factors, below which their speed says nothing. */
  private static final double RIGHT = 0.99;

  @Override
  public String name() {
    return "whole-scoring";
  }

  @Override
  public String description() {
    return "requests/s with all items scored beside the embedded index searched, in catalogues of "
        + SIZES;
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int size : SIZES) {
      Measured scored = measure(context.withItems(size), size);
      Measured searched = measure(context.withItems(size), 0);
      String what = "recommendation, %,d items".formatted(size);
      figures.add(
          Figure.of(what + ", all scored", scored.most().perSecond(), "requests/s")
              .beside("index searched", searched.most().perSecond())
              .with("CPU us a request", scored.most().cpuMicrosEach())
              .with("searched", searched.most().cpuMicrosEach())
              .with("by " + METHOD + " undegraded", scored.most().good())
              .after(scored.warm()));
    }
    return figures;
  }

  private record Measured(WarmUp.Taken warm, Load.Outcome most) {}

  private static Measured measure(BenchContext context, int scoredWhole) throws Exception {
    String name = "whole-scoring-" + context.items() + "-" + scoredWhole;
    try (ServedWorld served =
            ServedWorld.start(context, name, tuning -> tuning.withScoredWhole(scoredWhole));
        Progress.Task task = context.progress().begin(name, 0)) {
      Load asking =
          new Load(
              served.server.uri(),
              CONNECTIONS,
              RecommendationBench.requests("/v1/recommendations", "warm", context),
              answer -> RecommendationBench.isBy(METHOD, answer));
      WarmUp.Taken warm = WarmUp.of(asking, context.measured());
      Load.Outcome most = asking.closedLoop(context.measured());
      if (!(most.good() >= RIGHT)) {
        throw new IllegalStateException(
            "%s: at least %s of the answers must be by %s and undegraded, were %s"
                .formatted(name, RIGHT, METHOD, most.good()));
      }
      return new Measured(warm, most);
    }
  }
}
