package dev.thaw.launcher.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;

/**
 * Work that does not count, until the just-in-time compiler has nothing left to do for it: on a
 * machine with few processors it takes half of one for a minute, from the very work it makes
 * faster.
 */
final class WarmUp {
  /** Share of a turn that compiling may take in the last one. */
  private static final double QUIET = 0.05;

  private static final int MOST_TURNS = 20;

  /** One turn of the work that will be measured. */
  interface Turn {
    /**
     * @return how much of it was done a second
     */
    double run() throws Exception;
  }

  private WarmUp() {}

  /**
   * What it took.
   *
   * @param seconds all of it
   * @param compiling share of the last turn that was spent compiling
   * @param firstPerSecond what was done a second in the first turn
   */
  record Taken(double seconds, double compiling, double firstPerSecond) {}

  /**
   * @param turn length of a turn, of which there are at most {@value #MOST_TURNS}
   */
  static Taken of(Load load, Duration turn) throws Exception {
    return of(() -> load.closedLoop(turn).perSecond());
  }

  /**
   * @param turn run at most {@value #MOST_TURNS} times
   */
  static Taken of(Turn turn) throws Exception {
    CompilationMXBean compiler = Objects.requireNonNull(ManagementFactory.getCompilationMXBean());
    double seconds = 0;
    double compiling = 1;
    double first = 0;
    for (int i = 0; i < MOST_TURNS && compiling > QUIET; i++) {
      long before = compiler.getTotalCompilationTime();
      long start = System.nanoTime();
      double perSecond = turn.run();
      double taken = (System.nanoTime() - start) / 1e9;
      compiling = (compiler.getTotalCompilationTime() - before) / 1e3 / taken;
      seconds += taken;
      first = i == 0 ? perSecond : first;
    }
    return new Taken(seconds, compiling, first);
  }
}
