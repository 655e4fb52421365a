package dev.thaw.launcher.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;

/**
 * Load that does not count, until the just-in-time compiler has nothing left to do for it: on a
 * machine with few processors it takes half of one for a minute, from the very work it makes
 * faster.
 */
final class WarmUp {
  /** Share of a turn that compiling may take in the last one. */
  private static final double QUIET = 0.05;

  private static final int MOST_TURNS = 20;

  private WarmUp() {}

  /**
   * What it took.
   *
   * @param seconds all of it
   * @param compiling share of the last turn that was spent compiling
   * @param firstPerSecond answers a second in the first turn
   */
  record Taken(double seconds, double compiling, double firstPerSecond) {}

  /**
   * @param turn length of a turn, of which there are at most {@value #MOST_TURNS}
   */
  static Taken of(Load load, Duration turn) {
    CompilationMXBean compiler = Objects.requireNonNull(ManagementFactory.getCompilationMXBean());
    double seconds = 0;
    double compiling = 1;
    double first = 0;
    for (int i = 0; i < MOST_TURNS && compiling > QUIET; i++) {
      long before = compiler.getTotalCompilationTime();
      Load.Outcome outcome = load.closedLoop(turn);
      compiling = (compiler.getTotalCompilationTime() - before) / 1e3 / outcome.seconds();
      seconds += outcome.seconds();
      first = i == 0 ? outcome.perSecond() : first;
    }
    return new Taken(seconds, compiling, first);
  }
}
