package dev.thaw.launcher.bench;

import java.util.List;
import java.util.Optional;

/** One thing that is measured. It starts what it needs and stops it again, on loopback only. */
public interface Benchmark {
  /** As {@code thaw bench --only} names it. */
  String name();

  /** One line for people. */
  String description();

  /** Why it can't be measured in this setting; empty if it can. */
  default Optional<String> leftOut(BenchContext context) {
    return Optional.empty();
  }

  /**
   * @throws IllegalStateException if what was measured gave wrong answers, so that its speed says
   *     nothing
   */
  List<Figure> run(BenchContext context) throws Exception;
}
