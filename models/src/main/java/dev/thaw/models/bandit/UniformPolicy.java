package dev.thaw.models.bandit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Every eligible arm alike; a reference for others. */
public final class UniformPolicy<E extends EvidenceSnapshot> implements ExplorationPolicy<E> {
  @Override
  public String version() {
    return "uniform";
  }

  @Override
  public double[] probabilities(Decision<E> decision, SplittableRandom random) {
    double[] q = new double[decision.arms()];
    Arrays.fill(q, 1.0 / q.length);
    return q;
  }

  @Override
  public boolean supportsPropensities() {
    return true;
  }
}
