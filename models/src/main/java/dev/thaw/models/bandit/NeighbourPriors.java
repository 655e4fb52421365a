package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.NearestArms.Near;
import dev.thaw.models.bandit.RelatedPriors.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reward rate that is assumed of an arm with few impressions of its own, in place of the
 * domain's: drawn towards what the nearest items by content earned, as {@link RelatedPriors} does
 * with them as one source, in which an impression weighs the similarity of its arm. {@link
 * ArmPriors} makes a prior of that rate, as it does of the domain's: by the arm's place in the
 * ranking, and worth as much. So neighbours move the mean and leave the strength.
 *
 * @param nearest k, arms that count at most, in [1, 1000]
 * @param few impressions of its own from which on an arm has the domain's rate, above 0
 * @param arms among which the nearest are looked for: those with most impressions, at least k
 * @param items of which neighbours are looked for: those that came last, at least 1
 */
public record NeighbourPriors(int nearest, double few, int arms, int items, RelatedPriors related) {
  /** Serving's. The domain's rate is worth what a prior by rank is, neighbours a few hundred. */
  public static final NeighbourPriors DEFAULT =
      new NeighbourPriors(
          20, 200, 1_000, 10_000, new RelatedPriors(ArmPriors.DEFAULT.strength(), 200));

  public NeighbourPriors {
    if (!(nearest >= 1 && nearest <= 1_000)) {
      throw new IllegalArgumentException("nearest must be in [1, 1000], was " + nearest);
    }
    if (!(few > 0)) {
      throw new IllegalArgumentException("few must be > 0, was " + few);
    }
    if (arms < nearest || items < 1) {
      throw new IllegalArgumentException(
          "arms must be >= %d and items >= 1, were %d and %d".formatted(nearest, arms, items));
    }
  }

  /**
   * What is assumed of an arm.
   *
   * @param rate its reward rate, in (0, 1)
   * @param earned by its neighbours, each impression by its similarity
   * @param neighbours those of the nearest that were shown at all, nearest first
   */
  public record Assumed(double rate, ArmEvidence earned, List<ItemId> neighbours) {
    public Assumed {
      neighbours = List.copyOf(neighbours);
    }
  }

  /** Whether an arm with this evidence is to be judged by its neighbours. */
  public boolean concerns(ArmEvidence own) {
    return own.impressions() < few;
  }

  /**
   * Empty where none of the nearest was shown: the domain's rate is all that is known then.
   *
   * @param base reward rate of the domain
   * @param near nearest first; of more than k the first k count
   * @param earned by arm
   */
  public Optional<Assumed> of(double base, List<Near> near, Function<ItemId, ArmEvidence> earned) {
    List<ItemId> shown = new ArrayList<>();
    List<ArmEvidence> evidence = new ArrayList<>();
    List<Double> similarities = new ArrayList<>();
    for (Near each : near.subList(0, Math.min(nearest, near.size()))) {
      ArmEvidence own = earned.apply(each.arm());
      if (own.impressions() > 0) {
        shown.add(each.arm());
        evidence.add(own);
        similarities.add((double) each.similarity());
      }
    }
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    Source source =
        RelatedPriors.neighbours(
            evidence, similarities.stream().mapToDouble(Double::doubleValue).toArray(), 1);
    return Optional.of(
        new Assumed(related.of(base, List.of(source)).mean(), source.evidence(), shown));
  }
}
