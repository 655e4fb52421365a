package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.ArrayList;
import java.util.List;

/** Scaled factors of the items of a history that were liked and that the model knows. */
final class LikedItems {
  private LikedItems() {}

  /**
   * @param scale by which the factors are divided
   */
  static double[][] of(History history, FactorModel model, double scale) {
    List<double[]> liked = new ArrayList<>();
    for (History.Entry entry : history.entries()) {
      int item = model.items().indexOf(entry.item());
      if (item >= 0 && model.scale().isPositive(entry.strength())) {
        liked.add(scaled(model, item, scale));
      }
    }
    return liked.toArray(double[][]::new);
  }

  private static double[] scaled(FactorModel model, int item, double scale) {
    float[] vector = model.indexVector(item);
    double[] factor = new double[model.rank()];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = vector[i] / scale;
    }
    return factor;
  }

  /** Root mean square of the components of all items, 1 where all are zero. */
  static double scale(FactorModel model) {
    double sum = 0;
    for (int item = 0; item < model.items().size(); item++) {
      for (double component : scaled(model, item, 1)) {
        sum += component * component;
      }
    }
    return sum > 0 ? Math.sqrt(sum / model.items().size() / model.rank()) : 1;
  }
}
