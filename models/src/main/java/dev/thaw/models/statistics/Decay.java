package dev.thaw.models.statistics;

import java.time.Duration;

/** Exponential decay by half-life, in milliseconds. */
final class Decay {
  private final double halfLife;

  Decay(Duration halfLife) {
    if (halfLife.toMillis() < 1) {
      throw new IllegalArgumentException("half-life must be at least 1 ms, was " + halfLife);
    }
    this.halfLife = halfLife.toMillis();
  }

  long halfLifeMillis() {
    return (long) halfLife;
  }

  /** {@code 2^(-age / half-life)}; above 1 for a negative age. */
  double weight(double age) {
    return age == 0 ? 1 : Math.exp(-Math.log(2) * (age / halfLife));
  }
}
