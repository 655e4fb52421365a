package dev.thaw.models.rolling;

/**
 * Bounds of the state of one key.
 *
 * @param panes parts a window is cut into once it holds too many events to keep each, at least 1
 * @param cells most events or panes kept for one windowed aggregate, at least {@code 2 * panes + 2}
 * @param distinctValues most different values counted; beyond, {@code distinct} stays at this
 *     number
 */
public record RollingLimits(int panes, int cells, int distinctValues) {
  public static final RollingLimits DEFAULT = new RollingLimits(60, 128, 1000);

  public RollingLimits {
    if (panes < 1 || cells < 2 * panes + 2 || distinctValues < 1) {
      throw new IllegalArgumentException(
          "rolling limits need panes >= 1, cells >= 2 * panes + 2 and distinctValues >= 1, were panes "
              + panes
              + ", cells "
              + cells
              + ", distinctValues "
              + distinctValues);
    }
  }
}
