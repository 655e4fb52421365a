package dev.thaw.evaluation.simulation;

import dev.thaw.evaluation.runs.SeededRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** All contenders in one kind of world, each over the same seeds, several runs at a time. */
public final class Tournament {
  /** Points of a curve. */
  private static final int POINTS = 100;

  private final int seeds;
  private final int refresh;
  private final int threads;

  /**
   * @param seeds runs of each contender, at least 2
   * @param refresh see {@link ClosedLoop}
   * @param threads change nothing but the time
   */
  public Tournament(int seeds, int refresh, int threads) {
    if (seeds < 2) {
      throw new IllegalArgumentException("seeds must be >= 2, were " + seeds);
    }
    this.seeds = seeds;
    this.refresh = refresh;
    this.threads = threads;
  }

  /**
   * @param worlds of a seed
   * @param seed the first of those that worlds and policies are drawn from
   * @param done told how many runs are through, by one thread at a time
   */
  public List<RegretCurve> curves(
      LongFunction<? extends World> worlds,
      List<Contender<?>> contenders,
      long seed,
      IntConsumer done) {
    int[] checkpoints = checkpoints(worlds.apply(seed).rounds());
    ClosedLoop loop = new ClosedLoop(refresh, checkpoints);
    List<ClosedLoop.Run> runs =
        SeededRuns.each(
            seeds * contenders.size(),
            threads,
            number -> {
              long own = seed + number / contenders.size();
              return loop.run(worlds.apply(own), contenders.get(number % contenders.size()), own);
            },
            done);
    List<RegretCurve> curves = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      int contender = c;
      curves.add(
          new RegretCurve(
              contenders.get(c).name(),
              checkpoints,
              IntStream.range(0, seeds)
                  .mapToObj(s -> runs.get(s * contenders.size() + contender))
                  .toList()));
    }
    return curves;
  }

  private static int[] checkpoints(int rounds) {
    int points = Math.min(POINTS, rounds);
    int[] checkpoints =
        IntStream.rangeClosed(1, points).map(p -> (int) ((long) rounds * p / points)).toArray();
    return Arrays.stream(checkpoints).distinct().toArray();
  }
}
