package dev.thaw.models.tabular;

import java.util.Map;
import java.util.TreeMap;

/**
 * @param hidden units, in [1, 1024]
 * @param buckets that words are hashed into, in [2, 1048576]
 * @param epochs at most, in [1, 1000]
 * @param patience epochs without a lower loss on items kept apart, after which training stops
 * @param rate of Adam, above 0
 * @param decay of weights in each step, as a share of the rate, at least 0
 * @param dropout chance of a word to be left out of a step, in [0, 1)
 */
public record TabularConfig(
    int hidden, int buckets, int epochs, int patience, double rate, double decay, double dropout) {
  /** The best of thirteen on held-out items of MovieLens 1M; all of them lost to the projection. */
  public static final TabularConfig DEFAULT = new TabularConfig(64, 16_384, 60, 8, 3e-3, 3, 0.5);

  public TabularConfig {
    inRange("hidden", hidden, 1, 1024);
    inRange("buckets", buckets, 2, 1 << 20);
    inRange("epochs", epochs, 1, 1000);
    inRange("patience", patience, 1, 1000);
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rate must be > 0, was " + rate);
    }
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("decay must be >= 0, was " + decay);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), was " + dropout);
    }
  }

  private static void inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be in [" + min + ", " + max + "], was " + value);
    }
  }

  /** For provenances. */
  public Map<String, String> toMap() {
    return new TreeMap<>(
        Map.of(
            "hidden", "" + hidden,
            "buckets", "" + buckets,
            "epochs", "" + epochs,
            "patience", "" + patience,
            "rate", "" + rate,
            "decay", "" + decay,
            "dropout", "" + dropout));
  }
}
