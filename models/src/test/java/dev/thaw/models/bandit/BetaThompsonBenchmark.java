package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Time of one bandit decision by arms and draws; a main method, not a test. */
final class BetaThompsonBenchmark {
  private BetaThompsonBenchmark() {}

  public static void main(String[] args) {
    for (int round = 0; round < 3; round++) {
      for (int n : new int[] {20, 100, 500}) {
        for (int draws : new int[] {100, 400, 500}) {
          measure(n, draws, 20);
        }
      }
      measure(100, 200, 2);
    }
  }

  private static void measure(int n, int draws, double strength) {
    List<Arm> arms = new ArrayList<>();
    Map<ItemId, ArmEvidence> evidence = new HashMap<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(ItemId.of("i" + i), BetaPrior.ofMean(0.05, strength)));
      if (i % 2 == 0) {
        evidence.put(ItemId.of("i" + i), new ArmEvidence(37L * i, i));
      }
    }
    PosteriorSnapshot snapshot = new PosteriorSnapshot("v", evidence);
    BetaThompson bandit = new BetaThompson(draws, 0.01);
    SplittableRandom random = new SplittableRandom(1);
    int rounds = 20_000_000 / (n * draws);
    double joint = 0;
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      joint += bandit.choose(snapshot, arms, 2, random).jointPropensity();
    }
    double micros = (System.nanoTime() - start) / 1e3 / rounds;
    System.out.printf(
        "%d arms, %d draws, prior strength %.0f: %.1f us a decision (%.1f ns an arm and draw) %s%n",
        n, draws, strength, micros, micros * 1e3 / (n * draws), joint > 0 ? "" : "!");
  }
}
