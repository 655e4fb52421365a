package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * One run: a policy fills one slot for each visit, and learns what came of it once that has
 * settled. Its snapshot is renewed as a server's is, every so many rounds.
 */
public final class ClosedLoop {
  private static final float[] NO_FEATURES = new float[0];

  private final int refresh;
  private final int[] checkpoints;

  /**
   * @param refresh rounds between two snapshots, at least 1
   * @param checkpoints numbers of rounds, ascending
   */
  public ClosedLoop(int refresh, int[] checkpoints) {
    if (refresh < 1) {
      throw new IllegalArgumentException("refresh must be >= 1, was " + refresh);
    }
    this.refresh = refresh;
    this.checkpoints = checkpoints.clone();
  }

  /**
   * What a run has come to.
   *
   * @param regret sum of the best chance minus that of what was shown, after each checkpoint; fake
   *     visits left out
   * @param reward mean chance of what was shown to real visitors
   * @param best the same of the oracle
   */
  public record Run(double[] regret, double reward, double best) {}

  private record Pending(long known, ItemId arm, float[] features, double reward, long time) {}

  /**
   * @param seed of what happens and of what the policy draws
   */
  public <E extends EvidenceSnapshot> Run run(World world, Contender<E> contender, long seed) {
    BanditLearner<E> learner = contender.learner().apply(world);
    Nature nature = Nature.ofLoop(seed);
    SplittableRandom random = nature.of(-1, -1);
    long settled = world.settledAfter().toMillis();
    Queue<Pending> pending = new ArrayDeque<>();
    double[] regret = new double[checkpoints.length];
    double lost = 0;
    double earned = 0;
    int real = 0;
    int next = 0;
    E snapshot = learner.snapshot("0", Long.MIN_VALUE);
    for (int round = 0; round < world.rounds(); round++) {
      Visit visit = world.visit(round);
      while (!pending.isEmpty() && pending.peek().known() <= visit.time()) {
        Pending known = pending.remove();
        learner.observe(known.arm(), known.features(), known.reward(), known.time());
      }
      if (round % refresh == 0) {
        snapshot = learner.snapshot("" + round, visit.time());
      }
      Decision<E> decision =
          new Decision<>(snapshot, visit.eligible(), visit.contexts(), visit.time());
      BanditDecision.Choice choice =
          SlotSampler.choose(contender.policy(), decision, 1, random).choices().get(0);
      double chance = visit.chances()[choice.arm()];
      pending.add(
          new Pending(
              visit.time() + settled,
              choice.item(),
              world.dimension() == 0 ? NO_FEATURES : visit.contexts().of(choice.arm()),
              nature.rewards(round, choice.item().value().hashCode(), chance) ? 1 : 0,
              visit.time()));
      if (!visit.fake()) {
        lost += visit.best() - chance;
        earned += chance;
        real++;
      }
      if (next < checkpoints.length && checkpoints[next] == round + 1) {
        regret[next++] = lost;
      }
    }
    return new Run(regret, earned / Math.max(1, real), (earned + lost) / Math.max(1, real));
  }
}
