package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Arms with one chance each, for ever and for everybody: what regret bounds are about. */
public final class FixedChances implements World {
  private static final BetaPrior FLAT = new BetaPrior(1, 1);

  private final double[] chances;
  private final int rounds;
  private final List<Arm> arms = new ArrayList<>();
  private final Set<ItemId> known = new HashSet<>();

  /**
   * @param chances in [0, 1]
   */
  public FixedChances(double[] chances, int rounds) {
    this.chances = chances.clone();
    this.rounds = rounds;
    for (int a = 0; a < chances.length; a++) {
      if (!(chances[a] >= 0 && chances[a] <= 1)) {
        throw new IllegalArgumentException(
            "chance of arm " + a + " must be in [0, 1], was " + chances[a]);
      }
      arms.add(new Arm(new ItemId("arm-" + a), FLAT));
      known.add(arms.get(a).item());
    }
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public int dimension() {
    return 0;
  }

  @Override
  public boolean knows(ItemId arm) {
    return known.contains(arm);
  }

  @Override
  public Visit visit(int round) {
    return new Visit(round, arms, Contexts.NONE, chances, false);
  }

  @Override
  public Duration settledAfter() {
    return Duration.ZERO;
  }
}
