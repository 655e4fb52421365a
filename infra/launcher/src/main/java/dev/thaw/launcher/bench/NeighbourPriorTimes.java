package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NearestArms;
import dev.thaw.models.bandit.NearestArms.Near;
import dev.thaw.models.bandit.NeighbourPriors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What priors of neighbours take of a refresh of serving's snapshot at their bounds: neighbours
 * looked for anew, and rates made of neighbours that are known. Vectors are random.
 */
final class NeighbourPriorTimes {
  private static final NeighbourPriors PRIORS = NeighbourPriors.DEFAULT;
  private static final int FACTORS = 64;
  private static final int TURNS = 5;
  private static final double BASE = 0.05;

  private NeighbourPriorTimes() {}

  static Figure run(BenchContext context) {
    SplittableRandom random = new SplittableRandom(context.seed());
    SortedMap<ItemId, float[]> shown = new TreeMap<>();
    Map<ItemId, ArmEvidence> evidence = new HashMap<>();
    for (int arm = 0; arm < PRIORS.arms(); arm++) {
      shown.put(PlantedWorld.item(arm), row(random));
      evidence.put(
          PlantedWorld.item(arm), new ArmEvidence(1 + random.nextInt(500), random.nextDouble()));
    }
    List<float[]> items = new ArrayList<>();
    for (int item = 0; item < PRIORS.items(); item++) {
      items.add(row(random));
    }
    Supplier<List<List<Near>>> look = () -> look(NearestArms.of(FACTORS, shown), items);
    Timed<List<List<Near>>> looked = Timed.of(TURNS, look);
    Timed<Long> summed = Timed.of(TURNS, () -> rates(looked.result(), evidence));
    return Figure.of(
            "priors of neighbours, %,d items among %,d arms, %d factors"
                .formatted(PRIORS.items(), PRIORS.arms(), FACTORS),
            looked.cpuSeconds(),
            "CPU s")
        .beside("of neighbours that are known", summed.cpuSeconds())
        .with("by the clock, s", looked.seconds())
        .with("items that have a rate", summed.result());
  }

  private static float[] row(SplittableRandom random) {
    float[] row = new float[FACTORS];
    for (int i = 0; i < FACTORS; i++) {
      row[i] = (float) random.nextGaussian();
    }
    return row;
  }

  private static List<List<Near>> look(NearestArms arms, List<float[]> items) {
    List<List<Near>> near = new ArrayList<>(items.size());
    for (int item = 0; item < items.size(); item++) {
      near.add(arms.of(PlantedWorld.item(PRIORS.arms() + item), items.get(item), PRIORS.nearest()));
    }
    return near;
  }

  private static long rates(List<List<Near>> items, Map<ItemId, ArmEvidence> evidence) {
    return items.stream()
        .filter(
            near ->
                PRIORS
                    .of(BASE, near, arm -> evidence.getOrDefault(arm, ArmEvidence.NONE))
                    .isPresent())
        .count();
  }
}
