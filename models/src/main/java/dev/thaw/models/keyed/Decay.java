package dev.thaw.models.keyed;

import java.time.Duration;

/** Exponential decay by half-life, in milliseconds. */
public final class Decay {
  private final double halfLife;

  /**
   * @param halfLife at least 1 ms
   */
  public Decay(Duration halfLife) {
    if (halfLife.toMillis() < 1) {
      throw new IllegalArgumentException("half-life must be at least 1 ms, was " + halfLife);
    }
    this.halfLife = halfLife.toMillis();
  }

  public long halfLifeMillis() {
    return (long) halfLife;
  }

  /** {@code 2^(-age / half-life)}; above 1 for a negative age. */
  public double weight(double age) {
    return age == 0 ? 1 : Math.exp(-Math.log(2) * (age / halfLife));
  }
}
