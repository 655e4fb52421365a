package dev.thaw.models.training;

import java.util.ArrayList;
import java.util.List;

/** Keeps the parameters with the least loss; of equal ones the first. One thread. */
public final class EarlyStopping {
  private final List<Double> losses = new ArrayList<>();
  private double[] best;
  private double least = Double.POSITIVE_INFINITY;
  private int bestOffer;

  /**
   * @param start kept until something is offered whose loss is finite
   */
  public EarlyStopping(double[] start) {
    best = start.clone();
  }

  /** Copies the parameters if they are the best so far. */
  public void offer(double[] parameters, double loss) {
    losses.add(loss);
    if (loss < least) {
      least = loss;
      bestOffer = losses.size();
      best = parameters.clone();
    }
  }

  /** The best, not to be changed. */
  public double[] parameters() {
    return best;
  }

  /** Of all offers, in order. */
  public List<Double> losses() {
    return List.copyOf(losses);
  }

  /** Number of the best offer, from 1; 0 before the first. */
  public int bestOffer() {
    return bestOffer;
  }

  /** Offers since the best. */
  public int sinceBest() {
    return losses.size() - bestOffer;
  }
}
