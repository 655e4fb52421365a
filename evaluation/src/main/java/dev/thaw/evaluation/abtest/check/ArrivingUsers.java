package dev.thaw.evaluation.abtest.check;

import java.util.random.RandomGenerator;

/**
 * Users of two arms as they arrive, each sent to an arm by an even coin. Half of them click 0.4
 * times as often as the average, four tenths 1.2 times, one tenth 3.2 times; each makes one request
 * and a further one with chance 3/4 after each: four on average. A click is a Bernoulli draw.
 *
 * @param rate clicks of a request under the control, on average
 * @param lift by which the treatment multiplies it, minus one
 */
public record ArrivingUsers(double rate, double lift) {
  private static final double FURTHER = 0.75;
  private static final double KEENEST = 3.2;

  public ArrivingUsers {
    if (!(rate > 0 && lift >= -1 && KEENEST * rate * Math.max(1, 1 + lift) <= 1)) {
      throw new IllegalArgumentException(
          "rate must be > 0 and "
              + KEENEST
              + " times it at most 1, lift at least -1; were "
              + rate
              + " and "
              + lift);
    }
  }

  /** Treatment minus control, mean over users of their own click rates. */
  double truth() {
    return rate * lift;
  }

  /** Click rate of one user. */
  double next(boolean treated, RandomGenerator random) {
    double kind = random.nextDouble();
    double keen = kind < 0.5 ? 0.4 : kind < 0.9 ? 1.2 : KEENEST;
    double chance = keen * rate * (treated ? 1 + lift : 1);
    int requests = 0;
    int clicks = 0;
    do {
      requests++;
      clicks += random.nextDouble() < chance ? 1 : 0;
    } while (random.nextDouble() < FURTHER);
    return (double) clicks / requests;
  }
}
