package dev.thaw.launcher.bench;

import java.util.List;

/** One thing that is measured. It starts what it needs and stops it again, on loopback only. */
public interface Benchmark {
  /** As {@code thaw bench --only} names it. */
  String name();

  /** One line for people. */
  String description();

  /**
   * @throws IllegalStateException if what was measured gave wrong answers, so that its speed says
   *     nothing
   */
  List<Figure> run(BenchContext context) throws Exception;
}
