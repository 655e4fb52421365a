package dev.thaw.models.tabular;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A learned network from an item's attributes and categories into the factor space it was trained
 * for. Immutable, thread-safe.
 */
public final class TabularModel {
  private final DomainId domain;
  private final TabularFeatures features;
  private final SparseNetwork network;
  private final double[] parameters;

  TabularModel(
      DomainId domain, TabularFeatures features, SparseNetwork network, double[] parameters) {
    if (network.in() != features.size() || parameters.length != network.parameters()) {
      throw new IllegalArgumentException(
          "network of "
              + network.in()
              + " inputs and "
              + network.parameters()
              + " parameters can't take "
              + features.size()
              + " features and "
              + parameters.length
              + " parameters");
    }
    this.domain = domain;
    this.features = features;
    this.network = network;
    this.parameters = parameters;
  }

  public DomainId domain() {
    return domain;
  }

  /** d of the factor space. */
  public int rank() {
    return network.out() - 1;
  }

  /**
   * {@code [q; b]} of an item, length d + 1; null of one that has neither words nor numbers.
   * O(hidden x (words + d)).
   */
  public float @Nullable [] place(CatalogueItem item) {
    TabularFeatures.Row row = features.of(item);
    if (row.empty()) {
      return null;
    }
    double[] y = new double[network.out()];
    network.forward(parameters, row, SparseNetwork.all(row), new double[network.hidden()], y);
    return FloatArrays.rounded(y);
  }

  /** All of the model; {@link #read} gives an equal one, but for what a float can't hold. */
  public void write(BinaryWriter out) {
    out.writeText(domain.value());
    features.write(out);
    out.writeCount(network.hidden()).writeCount(network.out());
    FloatArrays.write(out, FloatArrays.rounded(parameters));
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static TabularModel read(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    TabularFeatures features = TabularFeatures.read(in);
    SparseNetwork network =
        new SparseNetwork(
            features.size(), Math.toIntExact(in.readCount()), Math.toIntExact(in.readCount()));
    float[] floats = FloatArrays.read(in);
    double[] parameters = new double[floats.length];
    Arrays.setAll(parameters, i -> floats[i]);
    return new TabularModel(domain, features, network, parameters);
  }
}
