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
 * One slot; click rates and the chances of both policies depend on segment and arm, rates spread
 * log-normally around one. All is drawn once from the world's own seed.
 */
final class SegmentWorld implements World {
  private static final double SPREAD = 0.4;
  private static final double MAX_RATE = 0.5;
  private static final long SEED = 20_11;

  private final Settings settings;
  private final ArmSet arms;
  private final double[][] rates;
  private final double[][] logging;
  private final EvaluationPolicy policy;
  private final double truth;

  /**
   * @param rate around which click rates lie
   * @param loggingSharpness of the softmax that the logging policy is, over scores of its own
   * @param evaluatedSharpness of the one that is evaluated, over the log of the rates
   * @param uniformShare of the logging policy
   * @param rounds of a log; mean number, where users have some each
   * @param users 0: each round is of another one
   * @param mostRounds of a user, from 1 on, each number alike
   * @param usersKnown whether the log says which rounds are of one user
   */
  record Settings(
      String name,
      int arms,
      int segments,
      double rate,
      double loggingSharpness,
      double evaluatedSharpness,
      double uniformShare,
      int rounds,
      int users,
      int mostRounds,
      boolean usersKnown) {}

  SegmentWorld(Settings settings) {
    this.settings = settings;
    this.arms = ArmSet.first(settings.arms());
    SplittableRandom random = new SplittableRandom(SEED);
    this.rates = new double[settings.segments()][settings.arms()];
    this.logging = new double[settings.segments()][];
    double[][] evaluated = new double[settings.segments()][];
    double value = 0;
    for (int s = 0; s < settings.segments(); s++) {
      double[] quality = Chances.gaussians(settings.arms(), 1, random);
      double[] scores = Chances.gaussians(settings.arms(), settings.loggingSharpness(), random);
      double[] sharpened = new double[settings.arms()];
      for (int a = 0; a < settings.arms(); a++) {
        rates[s][a] = Math.min(MAX_RATE, settings.rate() * Math.exp(SPREAD * quality[a]));
        sharpened[a] = settings.evaluatedSharpness() * quality[a];
      }
      logging[s] = Chances.softmax(scores, settings.uniformShare());
      evaluated[s] = Chances.softmax(sharpened, 0);
      for (int a = 0; a < settings.arms(); a++) {
        value += evaluated[s][a] * rates[s][a] / settings.segments();
      }
    }
    this.truth = value;
    this.policy = new DrawnInOrder("sharper", round -> evaluated[round.segment()]);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public EvaluationPolicy policy() {
    return policy;
  }

  @Override
  public double truth() {
    return truth;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public List<LoggedRound> draw(SplittableRandom random) {
    List<LoggedRound> rounds = new ArrayList<>();
    if (settings.users() == 0) {
      for (int i = 0; i < settings.rounds(); i++) {
        rounds.add(round(i, random.nextInt(settings.segments()), 1, random));
      }
      return rounds;
    }
    for (int user = 0; user < settings.users(); user++) {
      int segment = random.nextInt(settings.segments());
      // some click hardly ever, others all the time: 1 on average, so that the value stays
      double eagerness = random.nextBoolean() ? 0.1 : 1.9;
      int own = 1 + random.nextInt(settings.mostRounds());
      for (int i = 0; i < own; i++) {
        int cluster = settings.usersKnown() ? user : rounds.size();
        rounds.add(round(cluster, segment, eagerness, random));
      }
    }
    return rounds;
  }

  private LoggedRound round(int cluster, int segment, double eagerness, SplittableRandom random) {
    double[] chances = logging[segment];
    int arm = Chances.draw(chances, random);
    int click = Chances.bernoulli(eagerness * rates[segment][arm], random);
    return LoggedRound.of(
        cluster, segment, arms, List.of(LoggedSlot.first(arm, chances[arm], click)));
  }
}
