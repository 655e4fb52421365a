package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shared decision layers, the embedding table that users' inputs come from, and all items'
 * inputs with their half of the first layer. Parameters are rounded to float, as they are stored,
 * so that a model that was written and read answers the same. Immutable, thread-safe.
 */
final class MetaNetwork {
  /** Descent that leaves the support's loss that many times higher has run away. */
  private static final double MAX_RISE = 100;

  private final Fields fields;
  private final NetworkShape shape;
  private final float[] theta;
  private final float[] table;
  private final float[] itemInputs;
  private final double[][] itemHalves;

  private MetaNetwork(
      Fields fields, NetworkShape shape, float[] theta, float[] table, float[] itemInputs) {
    if (theta.length != shape.size() || itemInputs.length % shape.itemWidth() != 0) {
      throw new IllegalArgumentException(
          "needs "
              + shape.size()
              + " parameters and items of width "
              + shape.itemWidth()
              + ", had "
              + theta.length
              + " and "
              + itemInputs.length
              + " numbers of items");
    }
    this.fields = fields;
    this.shape = shape;
    this.theta = theta;
    this.table = table;
    this.itemInputs = itemInputs;
    this.itemHalves = halves(itemInputs.length / shape.itemWidth());
  }

  /** What the first layer makes of each item before any adaptation. */
  private double[][] halves(int items) {
    int h = shape.hidden();
    double[] wide = theta();
    double[][] weights = new double[shape.itemWidth()][h];
    Kernels.unpack(wide, shape.firstItem(), weights, shape.itemWidth(), h);
    double[][] halves = new double[items][h];
    double[] input = new double[shape.itemWidth()];
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < input.length; j++) {
        input[j] = itemInputs[i * input.length + j];
      }
      Kernels.addCombination(input, weights, halves[i], input.length, h);
    }
    return halves;
  }

  /**
   * @param parameters decision layers and embedding table
   */
  static MetaNetwork of(Fields fields, int hidden, double[] parameters, List<Bag> items) {
    NetworkShape shape = fields.shape(hidden);
    double[] table = wide(narrow(parameters, shape.size(), parameters.length), 0, -1);
    double[] inputs = new double[items.size() * shape.itemWidth()];
    for (int i = 0; i < items.size(); i++) {
      embed(table, items.get(i), fields.dimension(), inputs, i * shape.itemWidth());
    }
    return new MetaNetwork(
        fields,
        shape,
        narrow(parameters, 0, shape.size()),
        narrow(table, 0, table.length),
        narrow(inputs, 0, inputs.length));
  }

  private static void embed(double[] table, Bag bag, int dimension, double[] input, int at) {
    for (int e = 0; e < bag.size(); e++) {
      Kernels.addScaled(
          bag.weight(e), table, bag.row(e) * dimension, input, at + bag.place(e), dimension);
    }
  }

  private static float[] narrow(double[] values, int from, int to) {
    float[] narrow = new float[to - from];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[from + i];
    }
    return narrow;
  }

  /**
   * @param to -1 for the end
   */
  private static double[] wide(float[] values, int from, int to) {
    double[] wide = new double[(to < 0 ? values.length : to) - from];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[from + i];
    }
    return wide;
  }

  NetworkShape shape() {
    return shape;
  }

  double[] theta() {
    return wide(theta, 0, -1);
  }

  /** What the decision layers read of a user and some items. */
  Inputs inputs(@Nullable UserProfile profile, int[] items) {
    Inputs in = inputs(items);
    Bag user = fields.user(profile);
    for (int e = 0; e < user.size(); e++) {
      int row = user.row(e) * fields.dimension();
      for (int i = 0; i < fields.dimension(); i++) {
        in.user()[user.place(e) + i] += user.weight(e) * table[row + i];
      }
    }
    return in;
  }

  /** The same of a user of whom nothing is known. */
  Inputs inputs(int[] items) {
    Inputs in = new Inputs(shape);
    in.clear(items.length);
    int w = shape.itemWidth();
    for (int r = 0; r < items.length; r++) {
      for (int i = 0; i < w; i++) {
        in.items()[r][i] = itemInputs[items[r] * w + i];
      }
    }
    return in;
  }

  AdaptedLayers adapt(
      String version,
      UserVector base,
      InnerLoop inner,
      @Nullable UserProfile profile,
      int[] items,
      double[] targets) {
    Inputs in = inputs(profile, items);
    double[] own = theta();
    Adaptation adaptation = new Adaptation(shape, inner);
    double[] losses = adaptation.descend(own, in, targets);
    double last = losses[losses.length - 1];
    double bound = MAX_RISE * Math.max(1, losses[0]);
    if (!(last <= bound)) {
      throw new TrainingDivergedException("adaptation", inner.steps(), inner.rate(), last, bound);
    }
    double[] half = new double[shape.hidden()];
    adaptation.userHalf(own, in.user(), half);
    return new AdaptedLayers(
        version, base, narrow(half, 0, half.length), narrow(own, keptFrom(inner), shape.size()));
  }

  /** What lies before is in the user's half or is not adapted. */
  private int keptFrom(InnerLoop inner) {
    return inner.part() == AdaptedPart.DECISION ? shape.firstItem() : inner.part().from(shape);
  }

  /** The decision layers as one user adapted them. */
  double[] own(AdaptedLayers user, InnerLoop inner) {
    double[] own = theta();
    double[] layers = user.layers();
    System.arraycopy(layers, 0, own, keptFrom(inner), layers.length);
    return own;
  }

  void requireShape(AdaptedLayers user, InnerLoop inner) {
    int wanted = shape.size() - keptFrom(inner);
    int layers = user.layers().length;
    int half = user.userHalf().length;
    if (layers != wanted || half != shape.hidden()) {
      throw new IllegalArgumentException(
          "adapted layers must have "
              + wanted
              + " parameters and a half of "
              + shape.hidden()
              + ", had "
              + layers
              + " and "
              + half);
    }
  }

  /** By number, not to be changed. */
  double[][] itemHalves() {
    return itemHalves;
  }

  void write(BinaryWriter out) {
    fields.write(out);
    out.writeCount(shape.hidden());
    FloatArrays.write(out, theta);
    FloatArrays.write(out, table);
    FloatArrays.write(out, itemInputs);
  }

  static MetaNetwork read(BinaryReader in) {
    Fields fields = Fields.read(in);
    NetworkShape shape = fields.shape(Math.toIntExact(in.readCount()));
    return new MetaNetwork(
        fields, shape, FloatArrays.read(in), FloatArrays.read(in), FloatArrays.read(in));
  }
}
