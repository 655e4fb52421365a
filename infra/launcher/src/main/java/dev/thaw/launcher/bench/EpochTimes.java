package dev.thaw.launcher.bench;

import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the epochs of a training take; the first one, which compiles, does not count. */
final class EpochTimes implements TrainingProgress {
  private final List<Long> ends = new ArrayList<>();
  private final List<Long> used = new ArrayList<>();
  private final TrainingProgress seen;

  /**
   * @param seen is told the same
   */
  EpochTimes(TrainingProgress seen) {
    this.seen = seen;
  }

  @Override
  public void step(String what, int done, int of) {
    ends.add(System.nanoTime());
    used.add(Timed.cpuNanos());
    seen.step(what, done, of);
  }

  /** Of an epoch by the clock, the median. */
  double seconds() {
    return medianStep(ends);
  }

  /** Of an epoch, all threads together, the median. */
  double cpuSeconds() {
    return medianStep(used);
  }

  private static double medianStep(List<Long> times) {
    double[] seconds =
        IntStream.range(1, times.size())
            .mapToDouble(i -> (times.get(i) - times.get(i - 1)) / 1e9)
            .sorted()
            .toArray();
    return seconds[seconds.length / 2];
  }
}
