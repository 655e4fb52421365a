package dev.thaw.evaluation.offpolicy.coverage;

import dev.thaw.evaluation.offpolicy.ArmSet;
import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two slots, each drawn without the item before. An item of the same kind as the one before it is
 * clicked less than a third as often: a slot's reward depends on the slots before, so that the
 * independent estimators are biased here and the others are not.
 */
final class SlateWorld implements World {
  private static final double[] RATES = {0.20, 0.16, 0.12, 0.10, 0.08, 0.06};
  private static final double[] LOGGING = {0.10, 0.15, 0.15, 0.20, 0.20, 0.20};
  private static final double[] EVALUATED = {0.35, 0.10, 0.25, 0.10, 0.10, 0.10};
  private static final int KINDS = 2;
  private static final double SAME_KIND = 0.3;

  private final int rounds;
  private final ArmSet arms = ArmSet.first(RATES.length);
  private final EvaluationPolicy policy = new DrawnInOrder("better first", round -> EVALUATED);
  private final double[] marginal;

  SlateWorld(int rounds) {
    this.rounds = rounds;
    LoggedRound any =
        LoggedRound.of(0, 0, arms, List.of(LoggedSlot.first(0, 1, 0), LoggedSlot.later(1, 1, 0)));
    this.marginal = new DrawnInOrder("logging", round -> LOGGING).marginalChances(any, 1);
  }

  @Override
  public String name() {
    return "two slots";
  }

  @Override
  public EvaluationPolicy policy() {
    return policy;
  }

  @Override
  public double truth() {
    double value = 0;
    for (int a = 0; a < RATES.length; a++) {
      for (int b = 0; b < RATES.length; b++) {
        if (a != b) {
          double chance = EVALUATED[a] * EVALUATED[b] / (1 - EVALUATED[a]);
          value += chance * (RATES[a] + second(a, b));
        }
      }
    }
    return value;
  }

  private static double second(int before, int arm) {
    return RATES[arm] * (before % KINDS == arm % KINDS ? SAME_KIND : 1);
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public List<LoggedRound> draw(SplittableRandom random) {
    List<LoggedRound> log = new ArrayList<>(rounds);
    for (int i = 0; i < rounds; i++) {
      int a = Chances.draw(LOGGING, random);
      double[] left = LOGGING.clone();
      left[a] = 0;
      int b = Chances.draw(left, random);
      int first = Chances.bernoulli(RATES[a], random);
      int then = Chances.bernoulli(second(a, b), random);
      double chance = LOGGING[b] / (1 - LOGGING[a]);
      log.add(
          LoggedRound.of(
              i,
              0,
              arms,
              List.of(
                  LoggedSlot.first(a, LOGGING[a], first),
                  new LoggedSlot(b, chance, marginal[b], then))));
    }
    return log;
  }
}
