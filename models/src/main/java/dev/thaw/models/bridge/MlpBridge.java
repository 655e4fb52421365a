package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * The ridge bridge plus a perceptron of one tanh layer on the source factor: {@code ridge(u_S) + t
 * MLP(u_S / s)}, s and t the scales of source and target factors. EMCDR, Man et al., IJCAI 2017,
 * section 3.3, with the ridge as skip connection. O(d^2) beside the ridge. Immutable, thread-safe.
 */
public final class MlpBridge implements Bridge {
  static final String NAME = "emcdr-mlp";

  private final Bridge ridge;
  private final TanhNetwork network;
  private final FactorScales scales;
  private final double[] parameters;

  MlpBridge(Bridge ridge, TanhNetwork network, FactorScales scales, double[] parameters) {
    if (parameters.length != network.parameters()) {
      throw new IllegalArgumentException(
          network + " needs " + network.parameters() + " parameters, had " + parameters.length);
    }
    this.ridge = ridge;
    this.network = network;
    this.scales = scales;
    this.parameters = parameters.clone();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return ridge.source();
  }

  @Override
  public DomainId target() {
    return ridge.target();
  }

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    UserVector mapped = ridge.map(history, sourceModel);
    double[] rest = new double[network.out()];
    network.forward(
        parameters, scales.source(sourceModel.foldIn(history)), new double[network.hidden()], rest);
    return scales.add(mapped, rest);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeCount(network.in()).writeCount(network.hidden()).writeCount(network.out());
    scales.write(out);
    FloatArrays.write(out, Parameters.toFloats(parameters));
    GatedBridge.write(ridge, out);
  }

  static MlpBridge read(BinaryReader in) {
    TanhNetwork network =
        new TanhNetwork(
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()));
    FactorScales scales = FactorScales.read(in);
    double[] parameters = Parameters.toDoubles(FloatArrays.read(in));
    return new MlpBridge(GatedBridge.readBridge(in), network, scales, parameters);
  }
}
