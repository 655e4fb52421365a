package dev.thaw.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one training costs.
 *
 * @param result of the last turn
 * @param seconds by the clock, the median of the turns
 * @param cpuSeconds of all threads of the process, the median of the turns
 * @param peakBytes of heap in the last turn: the sum of the most that each pool held since a
 *     collection before it, garbage included, so that it depends on the heap's size
 * @param keptBytes by how much a collection after the last turn leaves more than one before it
 */
record Timed<T>(T result, double seconds, double cpuSeconds, long peakBytes, long keptBytes) {
  private static final double MEGABYTE = 1e6;

  /**
   * One training that does not count, for the compiler, and then as many as are asked for.
   *
   * @param turns at least 1
   */
  static <T> Timed<T> of(int turns, Supplier<T> training) {
    var unused = training.get();
    return once(turns, training);
  }

  /** Without one to warm up, for what takes long or was warmed up by something smaller. */
  static <T> Timed<T> once(int turns, Supplier<T> training) {
    double[] seconds = new double[turns];
    double[] cpuSeconds = new double[turns];
    for (int turn = 0; turn < turns - 1; turn++) {
      long begun = System.nanoTime();
      long used = cpuNanos();
      var unused = training.get();
      seconds[turn] = (System.nanoTime() - begun) / 1e9;
      cpuSeconds[turn] = (cpuNanos() - used) / 1e9;
    }
    long before = usedAfterCollection();
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();
    long used = cpuNanos();
    T result = training.get();
    seconds[turns - 1] = (System.nanoTime() - begun) / 1e9;
    cpuSeconds[turns - 1] = (cpuNanos() - used) / 1e9;
    long peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    long kept = Math.max(0, usedAfterCollection() - before);
    Arrays.sort(seconds);
    Arrays.sort(cpuSeconds);
    return new Timed<>(result, seconds[turns / 2], cpuSeconds[turns / 2], peak, kept);
  }

  /** CPU time of all threads of this process. */
  static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /**
   * The same by CPU time, to stand beside somebody else's.
   *
   * @param ratings that the training learns from
   */
  Figure cpuFigure(String name, long ratings) {
    return Figure.of(name, cpuSeconds, "CPU s")
        .with("s by the clock", seconds)
        .with("ratings/s a core", ratings / cpuSeconds);
  }

  /**
   * @param ratings that the training learns from
   */
  Figure figure(String name, long ratings) {
    return Figure.of(name, seconds, "s")
        .with("CPU s", cpuSeconds)
        .with("ratings/s a core", ratings / cpuSeconds)
        .with("heap MB at most", peakBytes / MEGABYTE)
        .with("kept MB", keptBytes / MEGABYTE);
  }
}
