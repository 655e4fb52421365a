package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * The shared bridge plus a matrix of the user's own, made of what the user liked in the source:
 * {@code shared(u_S) + M(liked) u_S}. PTUPCDR, Zhu et al., WSDM 2022, with the shared bridge as
 * start. O(liked d^2 + hidden d^2) beside it. Immutable, thread-safe.
 */
public final class PtupcdrBridge implements Bridge {
  static final String NAME = "ptupcdr";

  private final Bridge shared;
  private final PtupcdrNetwork network;
  private final FactorScales scales;
  private final double itemScale;
  private final double[] parameters;

  /**
   * @param itemScale of source items
   */
  PtupcdrBridge(
      Bridge shared,
      PtupcdrNetwork network,
      FactorScales scales,
      double itemScale,
      double[] parameters) {
    if (parameters.length != network.parameters()) {
      throw new IllegalArgumentException(
          network + " needs " + network.parameters() + " parameters, had " + parameters.length);
    }
    this.shared = shared;
    this.network = network;
    this.scales = scales;
    this.itemScale = itemScale;
    this.parameters = parameters.clone();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return shared.source();
  }

  @Override
  public DomainId target() {
    return shared.target();
  }

  /** The one for everybody, which this one has to beat. */
  public Bridge shared() {
    return shared;
  }

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    if (sourceModel.rank() != network.in()) {
      throw new IllegalArgumentException(
          "bridge from "
              + source()
              + " needs rank "
              + network.in()
              + ", was "
              + sourceModel.rank());
    }
    double[] rest = new double[network.out()];
    network.forward(
        parameters,
        LikedItems.of(history, sourceModel, itemScale),
        scales.source(sourceModel.foldIn(history)),
        rest);
    return scales.add(shared.map(history, sourceModel), rest);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeCount(network.in()).writeCount(network.hidden()).writeCount(network.out());
    scales.write(out);
    out.writeDouble(itemScale);
    FloatArrays.write(out, Parameters.toFloats(parameters));
    GatedBridge.write(shared, out);
  }

  static PtupcdrBridge read(BinaryReader in) {
    PtupcdrNetwork network =
        new PtupcdrNetwork(
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()));
    FactorScales scales = FactorScales.read(in);
    double itemScale = in.readDouble();
    double[] parameters = Parameters.toDoubles(FloatArrays.read(in));
    return new PtupcdrBridge(GatedBridge.readBridge(in), network, scales, itemScale, parameters);
  }
}
