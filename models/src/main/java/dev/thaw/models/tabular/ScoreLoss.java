package dev.thaw.models.tabular;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;

/**
 * How wrong users' scores of an item are when it stands at another place: the mean of {@code ((y -
 * v)' [u; 1])^2} over users, {@code (y - v)' C (y - v)} with C their second moments, scaled to a
 * mean diagonal of 1. A difference that no user's score shows costs nothing. Immutable.
 */
final class ScoreLoss {
  private static final int MAX_USERS = 2_000;

  /** Share of the identity in C: keeps directions bounded that few users have. */
  private static final double RIDGE = 0.05;

  private final int size;
  private final double[] moments;

  private ScoreLoss(int size, double[] moments) {
    this.size = size;
    this.moments = moments;
  }

  /** Of {@value #MAX_USERS} users, evenly by their numbers. */
  static ScoreLoss of(FactorModel factors, Interactions likes) {
    int size = factors.rank() + 1;
    double[] moments = new double[size * size];
    int step = Math.max(1, likes.users().size() / MAX_USERS);
    for (int u = 0; u < likes.users().size(); u += step) {
      float[] query = factors.foldIn(likes.history(u)).query();
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          moments[i * size + j] += (double) query[i] * query[j];
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < size; i++) {
      trace += moments[i * size + i];
    }
    for (int at = 0; at < moments.length; at++) {
      boolean diagonal = at / size == at % size;
      moments[at] = (1 - RIDGE) * moments[at] * size / trace + (diagonal ? RIDGE : 0);
    }
    return new ScoreLoss(size, moments);
  }

  /**
   * @param y where the item is put
   * @param gradient gets the derivative by y
   */
  double of(double[] y, float[] target, double weight, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double row = 0;
      for (int j = 0; j < size; j++) {
        row += moments[i * size + j] * (y[j] - target[j]);
      }
      sum += weight * row * (y[i] - target[i]);
      gradient[i] = 2 * weight * row;
    }
    return sum;
  }
}
