package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.models.keyed.Decay;
import java.time.Duration;
import java.util.Optional;

/**
 * How the parts of a sum fade as event time goes on: sums are kept as of the newest time seen, and
 * what arrives late is added with the weight that is left of it, so that the order of arrival does
 * not matter. Immutable.
 */
public final class Fading {
  /** Everything counts the same for ever. */
  public static final Fading NONE = new Fading(Optional.empty());

  /** Time of a sum of nothing. */
  public static final long NEVER = Long.MIN_VALUE;

  private static final int STEPS = 32;

  private final Optional<Decay> decay;

  private Fading(Optional<Decay> decay) {
    this.decay = decay;
  }

  /**
   * @param halfLife at least 1 ms
   */
  public static Fading ofHalfLife(Duration halfLife) {
    return new Fading(Optional.of(new Decay(halfLife)));
  }

  /** As a reward says. */
  public static Fading of(RewardDefinition reward) {
    Duration halfLife = reward.halfLife();
    return halfLife == null ? NONE : ofHalfLife(halfLife);
  }

  /**
   * A time rounded down, by a {@value #STEPS}th of the half-life at most: as of it, sums of many
   * arms need not be faded anew with each impression. The same for ever where nothing fades.
   *
   * @param time epoch milliseconds
   */
  public long step(long time) {
    if (decay.isEmpty() || time == NEVER) {
      return NEVER;
    }
    long step = Math.max(1, decay.get().halfLifeMillis() / STEPS);
    return Math.floorDiv(time, step) * step;
  }

  /**
   * What is left at {@code to} of something of {@code from}; all of it if that is later.
   *
   * @param from epoch milliseconds; {@link #NEVER} of nothing, which does not fade
   */
  public double left(long from, long to) {
    if (decay.isEmpty() || from == NEVER || from >= to) {
      return 1;
    }
    return decay.get().weight((double) to - from);
  }
}
