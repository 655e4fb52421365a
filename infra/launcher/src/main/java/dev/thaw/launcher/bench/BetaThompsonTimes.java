package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One decision of Beta Thompson sampling for two slots: time beside that with fresh posterior
 * draws, and how far the executed policy is from the one that 100,000 fresh draws give. Arms have
 * priors by rank, one in two has evidence.
 */
final class BetaThompsonTimes {
  private static final int DRAWS = 400;

  /** The fewest draws that are made anew for each decision. */
  private static final int FRESH = 513;

  private static final int MANY = 100_000;
  private static final double FLOOR = 0.01;
  private static final int SLOTS = 2;
  private static final int COMPARED = 50;

  private BetaThompsonTimes() {}

  static List<Figure> run(BenchContext context) {
    List<Figure> figures = new ArrayList<>();
    for (int arms : new int[] {20, 100, 500}) {
      figures.add(measure(context, arms));
    }
    return figures;
  }

  private static Figure measure(BenchContext context, int n) {
    List<Arm> arms = new ArrayList<>(n);
    Map<ItemId, ArmEvidence> evidence = new HashMap<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(PlantedWorld.item(i), BetaPrior.ofMean(0.08 - 0.06 * i / n, 20)));
      if (i % 2 == 0) {
        evidence.put(PlantedWorld.item(i), new ArmEvidence(37L * (i % 50), i % 50));
      }
    }
    Decision<PosteriorSnapshot> decision =
        Decision.of(new PosteriorSnapshot("planted", evidence), arms, 0);
    BetaThompson kept = new BetaThompson(DRAWS, FLOOR);
    BetaThompson fresh = new BetaThompson(FRESH, FLOOR);
    long millis = context.measured().toMillis() / 4;
    return Figure.of(
            "Beta Thompson, %d of %d arms, %d draws".formatted(SLOTS, n, DRAWS),
            perSecond(kept, decision, millis, context.seed()),
            "decisions/s")
        .beside(FRESH + " fresh draws", perSecond(fresh, decision, millis, context.seed()))
        .with("policy's distance from the limit", error(kept, decision, context.seed()))
        .with("with fresh draws", error(fresh, decision, context.seed()));
  }

  private static double perSecond(
      BetaThompson bandit, Decision<PosteriorSnapshot> decision, long millis, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = 0;
    // the first turn compiles
    for (int turn = 0; turn < 2; turn++) {
      long start = System.nanoTime();
      long decisions = 0;
      while (System.nanoTime() - start < millis * 1_000_000) {
        decisions += SlotSampler.choose(bandit, decision, SLOTS, random).choices().size() / SLOTS;
      }
      rate = decisions * 1e9 / (System.nanoTime() - start);
    }
    return rate;
  }

  /** Mean total variation distance of the policies of some decisions. */
  private static double error(
      BetaThompson bandit, Decision<PosteriorSnapshot> decision, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] limit = new BetaThompson(MANY, FLOOR).probabilities(decision, random);
    double distance = 0;
    for (int i = 0; i < COMPARED; i++) {
      double[] q = bandit.probabilities(decision, random);
      for (int arm = 0; arm < q.length; arm++) {
        distance += Math.abs(q[arm] - limit[arm]) / 2;
      }
    }
    return distance / COMPARED;
  }
}
