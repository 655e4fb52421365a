package dev.thaw.launcher.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two open loops with the same arrivals in turn, window by window, after a window of each that does
 * not count: what a machine's other work does to one it does to both, and code that is compiled
 * while it is first used under this load is not taken for the server's slowness.
 */
final class PairedLoad {
  /**
   * What came back, window by window.
   *
   * @param ours of the load that is measured
   * @param baseline of the one it is compared with
   */
  record Windows(Load.Outcome[] ours, Load.Outcome[] baseline) {
    Windows {
      ours = ours.clone();
      baseline = baseline.clone();
    }
  }

  private PairedLoad() {}

  /**
   * @param perSecond mean rate of arrivals of each
   * @param windows number of counted windows of each, at least 1
   */
  static Windows openLoops(
      Load ours, Load baseline, double perSecond, Duration window, int windows, long seed) {
    Load.Outcome[] own = new Load.Outcome[windows];
    Load.Outcome[] other = new Load.Outcome[windows];
    for (int i = -1; i < windows; i++) {
      Load.Outcome a = ours.openLoop(perSecond, window, new SplittableRandom(seed + i));
      Load.Outcome b = baseline.openLoop(perSecond, window, new SplittableRandom(seed + i));
      if (i >= 0) {
        own[i] = a;
        other[i] = b;
      }
    }
    return new Windows(own, other);
  }

  /** Median over the windows of a percentile of the latencies, in milliseconds. */
  static double medianMillis(Load.Outcome[] windows, double percentile) {
    double[] each =
        Arrays.stream(windows).mapToDouble(w -> w.millis(percentile)).sorted().toArray();
    int middle = each.length / 2;
    return each.length % 2 == 1 ? each[middle] : (each[middle - 1] + each[middle]) / 2;
  }

  /** All windows as one. */
  static Load.Outcome together(Load.Outcome[] windows) {
    return Arrays.stream(windows).reduce(Load.Outcome::and).orElseThrow();
  }
}
