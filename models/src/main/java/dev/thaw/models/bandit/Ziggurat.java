package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * Standard normal numbers by the ziggurat of Marsaglia and Tsang (2000) in the form of Doornik
 * (2005), 256 layers; nearly always one table look-up and one random word, part of which is handed
 * on for the caller's own test. Thread-safe.
 */
public final class Ziggurat {
  private static final int LAYERS = 256;
  private static final double TAIL = 3.6541528853610088;
  private static final double AREA = 0.00492867323399;
  private static final double TO_UNIT = 0x1p-31;

  /** Right edges of the layers, the widest first. */
  private static final double[] EDGE = new double[LAYERS + 1];

  /** Share of a layer that lies wholly under the curve. */
  private static final double[] INNER = new double[LAYERS];

  static {
    double f = Math.exp(-0.5 * TAIL * TAIL);
    EDGE[0] = AREA / f;
    EDGE[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      EDGE[i] = Math.sqrt(-2 * Math.log(AREA / EDGE[i - 1] + f));
      f = Math.exp(-0.5 * EDGE[i] * EDGE[i]);
    }
    EDGE[LAYERS] = 0;
    for (int i = 0; i < LAYERS; i++) {
      INNER[i] = EDGE[i + 1] / EDGE[i];
    }
  }

  private Ziggurat() {}

  /**
   * A normal number from a random word: layer in bits 0 to 7, place in bits 32 to 63; bits 8 to 31
   * are not used. Draws more from {@code random} in about one case of a hundred.
   */
  public static double normal(long word, SplittableRandom random) {
    int layer = (int) word & 0xff;
    double place = (int) (word >> 32) * TO_UNIT;
    if (Math.abs(place) < INNER[layer]) {
      return place * EDGE[layer];
    }
    return edge(layer, place, random);
  }

  private static double edge(int firstLayer, double firstPlace, SplittableRandom random) {
    int layer = firstLayer;
    double place = firstPlace;
    while (true) {
      if (Math.abs(place) < INNER[layer]) {
        return place * EDGE[layer];
      }
      if (layer == 0) {
        return tail(place < 0, random);
      }
      double x = place * EDGE[layer];
      double high = Math.exp(-0.5 * (EDGE[layer] * EDGE[layer] - x * x));
      double low = Math.exp(-0.5 * (EDGE[layer + 1] * EDGE[layer + 1] - x * x));
      if (high + random.nextDouble() * (low - high) < 1) {
        return x;
      }
      long word = random.nextLong();
      layer = (int) word & 0xff;
      place = (int) (word >> 32) * TO_UNIT;
    }
  }

  private static double tail(boolean negative, SplittableRandom random) {
    double x;
    double y;
    do {
      x = Math.log(1 - random.nextDouble()) / TAIL;
      y = Math.log(1 - random.nextDouble());
    } while (-2 * y < x * x);
    return negative ? x - TAIL : TAIL - x;
  }
}
