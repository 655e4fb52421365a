package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.Arrays;

/** Mean of {@code (mu + b_u + b_i + <v, q_i> - r)^2} over a user's ratings. O(ratings d). */
final class SquaredRatingLoss implements TargetLoss {
  private final TargetItems items;
  private final int[] rated;
  private final double[] wanted;

  private SquaredRatingLoss(TargetItems items, int[] rated, double[] wanted) {
    this.items = items;
    this.rated = rated;
    this.wanted = wanted;
  }

  /**
   * @param bias b_u in the target
   */
  static SquaredRatingLoss of(TargetItems items, FactorModel model, History history, double bias) {
    int n = 0;
    int[] rated = new int[history.entries().size()];
    double[] wanted = new double[rated.length];
    for (History.Entry entry : history.entries()) {
      int item = model.items().indexOf(entry.item());
      if (item >= 0) {
        rated[n] = item;
        wanted[n++] = entry.strength() - model.mean() - bias;
      }
    }
    return new SquaredRatingLoss(items, Arrays.copyOf(rated, n), Arrays.copyOf(wanted, n));
  }

  @Override
  public double of(double[] vector, double[] ofVector) {
    Arrays.fill(ofVector, 0);
    double sum = 0;
    for (int n = 0; n < rated.length; n++) {
      double difference = items.score(vector, rated[n]) - wanted[n];
      sum += difference * difference / rated.length;
      items.addFactor(2 * difference / rated.length, rated[n], ofVector);
    }
    return sum;
  }
}
