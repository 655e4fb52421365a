package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.training.RidgeRegression;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * {@code W = argmin sum ||W [1; u_S] - u_T||^2 + lambda ||W||^2} over overlap users: EMCDR, Man et
 * al., IJCAI 2017, eq. 4, in closed form.
 *
 * @param lambda relative to the mean squared source component, so that it means the same under
 *     models of any scale
 */
record LinearBridgeTrainer(double lambda) implements BridgeCandidate {

  @Override
  public LinearBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    int from = data.sourceModel().rank();
    RidgeRegression regression = new RidgeRegression(from + 1, targetModel.rank());
    int[] indices = new int[from + 1];
    Arrays.setAll(indices, i -> i);
    float[] values = new float[from + 1];
    values[0] = 1;
    double square = 0;
    for (int u = 0; u < overlap.size(); u++) {
      UserVector source = data.sourceModel().foldIn(overlap.source(u));
      for (int s = 0; s < from; s++) {
        values[s + 1] = source.get(s);
        square += source.get(s) * source.get(s);
      }
      regression.add(indices, values, from + 1, 1, overlap.target(u).vector());
    }
    double[] penalty = new double[from + 1];
    Arrays.fill(penalty, Math.max(1e-9, lambda * square / (overlap.size() * from)));
    penalty[0] = 1e-6;
    return new LinearBridge(
        data.source().domain(),
        data.target().domain(),
        from,
        regression.solve(penalty),
        overlap.biasTransfer(data.sourceModel()));
  }
}
