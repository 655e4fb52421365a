package dev.thaw.models.meta;

import java.util.ArrayList;
import java.util.List;

/** Keeps the parameters of the epoch with the least loss; of equal ones the last. One thread. */
final class EarlyStopping {
  private final List<Double> losses = new ArrayList<>();
  private double[] best;
  private double least = Double.POSITIVE_INFINITY;
  private int epoch;

  EarlyStopping(double[] start) {
    best = start.clone();
  }

  void offer(double[] parameters, double loss) {
    losses.add(loss);
    if (loss <= least) {
      least = loss;
      epoch = losses.size();
      best = parameters.clone();
    }
  }

  double[] parameters() {
    return best;
  }

  List<Double> losses() {
    return losses;
  }

  /** From 1; 0 before the first offer. */
  int epoch() {
    return epoch;
  }
}
