package dev.thaw.evaluation.runs;

import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Runs something many times, each time with randomness of its own. The same seed gives the same
 * results whatever the number of threads.
 *
 * @param runs at least 1
 * @param threads at least 1
 */
public record SeededRuns(int runs, long seed, int threads) {
  public SeededRuns {
    if (runs < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, was " + runs);
    }
  }

  /**
   * @param once called by several threads
   * @param done told how many runs are through, by one thread at a time
   * @return of each run, in their order
   */
  public <T> List<T> of(Function<SplittableRandom, T> once, IntConsumer done) {
    SplittableRandom root = new SplittableRandom(seed);
    List<SplittableRandom> randoms = new ArrayList<>();
    for (int r = 0; r < runs; r++) {
      randoms.add(root.split());
    }
    return each(runs, threads, r -> once.apply(randoms.get(r)), done);
  }

  /**
   * The same of runs that are told apart by their numbers.
   *
   * @param once told 0 to {@code runs - 1}, by several threads
   * @param done told how many runs are through, by one thread at a time
   * @return of each run, in their order
   */
  public static <T> List<T> each(int runs, int threads, IntFunction<T> once, IntConsumer done) {
    AtomicReferenceArray<T> results = new AtomicReferenceArray<>(runs);
    Through through = new Through(done);
    try (RowTasks tasks = new RowTasks(threads, 1)) {
      tasks.forEach(
          runs,
          () -> once,
          (each, r) -> {
            results.set(r, each.apply(r));
            through.one();
          });
    }
    return IntStream.range(0, runs).mapToObj(results::get).toList();
  }

  private static final class Through {
    private final IntConsumer done;
    private int runs;

    Through(IntConsumer done) {
      this.done = done;
    }

    synchronized void one() {
      done.accept(++runs);
    }
  }
}
