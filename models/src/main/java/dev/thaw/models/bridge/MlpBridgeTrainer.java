package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Least squares of what the ridge leaves, {@code sum ||ridge(u_S) + MLP(u_S) - u_T||^2}, EMCDR, Man
 * et al., IJCAI 2017, eq. 4 and 5, one tanh layer of width 2 d_S. The ridge is cross-fitted, and
 * training stops by users kept apart.
 *
 * @param ridge trainer of the skip connection
 */
record MlpBridgeTrainer(BridgeCandidate ridge, MiniBatches descent) implements BridgeCandidate {
  private static final double STOPPING = 0.15;

  static final MiniBatches DESCENT = new MiniBatches(1e-3, 1e-4, 60, 4);

  @Override
  public MlpBridge fit(
      BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random) {
    FactorModel sourceModel = data.sourceModel();
    CrossFitted crossFitted = CrossFitted.of(ridge, data, overlap, targetModel, random);
    FactorScales scales = FactorScales.of(sourceModel, overlap);
    double[][] inputs = new double[overlap.size()][];
    double[][] rests = new double[overlap.size()][];
    for (int u = 0; u < inputs.length; u++) {
      inputs[u] = scales.source(sourceModel.foldIn(overlap.source(u)));
      rests[u] = scales.target(overlap.target(u));
      double[] mapped = scales.target(crossFitted.without(u).map(overlap.source(u), sourceModel));
      for (int t = 0; t < mapped.length; t++) {
        rests[u][t] -= mapped[t];
      }
    }
    TanhNetwork network =
        new TanhNetwork(sourceModel.rank(), 2 * sourceModel.rank(), targetModel.rank());
    List<int[]> parts = MiniBatches.split(inputs.length, STOPPING, random);
    double[] parameters =
        descent.descend(
            network.initial(random),
            parts.get(1),
            parts.get(0),
            loss(network, inputs, rests),
            random);
    return new MlpBridge(
        ridge.fit(data, overlap, targetModel, random),
        network,
        scales,
        Parameters.rounded(parameters));
  }

  /** Mean squared difference of a component. */
  static ExampleLoss loss(TanhNetwork network, double[][] inputs, double[][] rests) {
    double[] activation = new double[network.hidden()];
    double[] difference = new double[network.out()];
    return (parameters, example, gradient) -> {
      network.forward(parameters, inputs[example], activation, difference);
      double sum = 0;
      for (int t = 0; t < difference.length; t++) {
        double each = difference[t] - rests[example][t];
        sum += each * each;
        difference[t] = 2 * each / difference.length;
      }
      network.backward(parameters, inputs[example], activation, difference, gradient);
      return sum / difference.length;
    };
  }
}
