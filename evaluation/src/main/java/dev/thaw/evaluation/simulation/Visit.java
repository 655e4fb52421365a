package dev.thaw.evaluation.simulation;

import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.Contexts;
import java.util.Arrays;
import java.util.List;

/**
 * A user comes.
 *
 * @param time epoch milliseconds
 * @param eligible what may be shown
 * @param contexts what policies may look at
 * @param chances of a reward, by eligible arm; what policies don't see
 * @param fake by a machine: what it clicks is learned from and is worth nothing
 */
public record Visit(
    long time, List<Arm> eligible, Contexts contexts, double[] chances, boolean fake) {
  public Visit {
    if (chances.length != eligible.size()) {
      throw new IllegalArgumentException(
          "there must be a chance for each of "
              + eligible.size()
              + " arms, were "
              + chances.length);
    }
  }

  /** The chance of what an oracle shows. */
  double best() {
    return Arrays.stream(chances).max().orElseThrow();
  }
}
