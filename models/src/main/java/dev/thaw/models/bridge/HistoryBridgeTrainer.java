package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ridge from source rows to target vectors, see {@link HistoryRidge}.
 *
 * @param lambda of the ridge
 * @param centred whether the rows explain what differs from the mean target vector, which everybody
 *     gets; else they explain all of it, and a long row says more than a short one
 */
record HistoryBridgeTrainer(double lambda, boolean centred) implements BridgeCandidate {

  @Override
  public HistoryBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    int rank = targetModel.rank();
    int n = overlap.size();
    float[] mean = new float[rank];
    if (centred) {
      for (int u = 0; u < n; u++) {
        for (int t = 0; t < rank; t++) {
          mean[t] += overlap.target(u).get(t) / n;
        }
      }
    }
    List<History> rows = new ArrayList<>();
    List<float[]> residuals = new ArrayList<>();
    for (int u = 0; u < n; u++) {
      float[] residual = overlap.target(u).vector();
      for (int t = 0; t < rank; t++) {
        residual[t] -= mean[t];
      }
      rows.add(overlap.source(u));
      residuals.add(residual);
    }
    return new HistoryBridge(
        data.source().domain(),
        data.target().domain(),
        data.source().items(),
        mean,
        HistoryRidge.weights(data.source().items(), rows, residuals, lambda),
        overlap.biasTransfer(data.sourceModel()));
  }
}
