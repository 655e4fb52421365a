package dev.thaw.models.meta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The decision layers of MeLU (Lee et al., KDD 2019, section 3.1): two hidden layers with ReLU and
 * a linear output, over one user's input and a batch of the inputs of items. Values, gradients and
 * their derivatives in a direction of the parameters, written out by hand; the latter is the
 * Hessian-vector product of Pearlmutter, Neural Computation 1994, with what flows into the inputs.
 *
 * <p>Batches are ragged: only the rows of a batch are ever read, so there is no padding to mask.
 * Holds the memory of one thread: call {@link #forward}, then {@link #backward}, then {@link
 * #tangent} on the same batch. O(rows * parameters).
 */
final class DecisionLayers {
  private final NetworkShape shape;
  private final int h;
  private final Units values;
  private final Units back;
  private final Units moved;
  private final Units movedBack;
  private final double[] half;
  private final double[][] square;
  private final double[][] itemWeights;
  private final double[][] itemWeightsTurned;
  private double[] column = new double[0];
  private double[] ones = new double[0];

  DecisionLayers(NetworkShape shape) {
    this.shape = shape;
    this.h = shape.hidden();
    this.values = new Units(h);
    this.back = new Units(h);
    this.moved = new Units(h);
    this.movedBack = new Units(h);
    this.half = new double[h];
    this.square = new double[h][h];
    this.itemWeights = new double[shape.itemWidth()][h];
    this.itemWeightsTurned = new double[h][shape.itemWidth()];
  }

  /** The network's outputs, one a row; valid until the next call. */
  double[] forward(double[] p, Inputs in) {
    userHalf(p, in.user(), half);
    return forward(p, half, in);
  }

  /** The same with the user's half of the first layer given, bias and all. */
  double[] forward(double[] p, double[] userHalf, Inputs in) {
    int n = in.rows();
    values.ensure(n);
    spread(userHalf, 0, values.first, n);
    addItems(p, in.items(), values.first, n);
    return deep(p, n);
  }

  /**
   * The same with both halves of the first layer given.
   *
   * @param itemHalves of all items, each hidden long
   * @param items whose outputs are wanted
   */
  double[] forward(double[] p, double[] userHalf, double[][] itemHalves, int[] items) {
    values.ensure(items.length);
    for (int r = 0; r < items.length; r++) {
      double[] row = values.first[r];
      double[] item = itemHalves[items[r]];
      for (int j = 0; j < h; j++) {
        row[j] = userHalf[j] + item[j];
      }
    }
    return deep(p, items.length);
  }

  private double[] deep(double[] p, int n) {
    Units.rectify(values.first, n);
    spread(p, shape.secondBias(), values.second, n);
    Kernels.unpack(p, shape.second(), square, h, h);
    Kernels.addProduct(values.first, square, values.second, n, h, h);
    Units.rectify(values.second, n);
    for (int r = 0; r < n; r++) {
      values.out[r] = p[shape.outputBias()] + Kernels.dot(values.second[r], p, shape.output(), h);
    }
    return values.out;
  }

  /** {@code b1 + W1_U' e_U}, the same for all items of a user. */
  void userHalf(double[] p, double[] user, double[] into) {
    System.arraycopy(p, shape.firstBias(), into, 0, h);
    addUser(p, user, into);
  }

  private void addUser(double[] p, double[] user, double[] into) {
    for (int i = 0; i < user.length; i++) {
      Kernels.addScaled(user[i], p, i * h, into, 0, h);
    }
  }

  private void addItems(double[] p, double[][] items, double[][] into, int n) {
    Kernels.unpack(p, shape.firstItem(), itemWeights, shape.itemWidth(), h);
    Kernels.addProduct(items, itemWeights, into, n, shape.itemWidth(), h);
  }

  private void spread(double[] row, int at, double[][] rows, int n) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(row, at, rows[r], 0, h);
    }
  }

  /**
   * Adds the gradient of a loss to {@code gradient}, and to those of the inputs.
   *
   * @param dOut derivative of the loss by each output
   * @param from parameters before it get no gradient
   * @param inputs gets the gradients of the inputs; its rows are not read
   */
  void backward(double[] p, Inputs in, double[] dOut, int from, double[] gradient, Inputs inputs) {
    backward(p, in, dOut, from, gradient);
    toInputs(p, back.first, in.rows(), inputs);
  }

  /** The same without those of the inputs. */
  void backward(double[] p, Inputs in, double[] dOut, int from, double[] gradient) {
    int n = in.rows();
    back.ensure(n);
    if (column.length < n) {
      column = new double[2 * n];
      ones = new double[2 * n];
      Arrays.fill(ones, 1);
    }
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < h; j++) {
        back.second[r][j] = dOut[r] * p[shape.output() + j];
      }
      gradient[shape.outputBias()] += dOut[r];
    }
    addWeighted(dOut, values.second, n, gradient, shape.output());
    Units.gate(back.second, values.second, n);
    Kernels.clear(back.first, n, h);
    addTurned(p, back.second, back.first, n);
    Units.gate(back.first, values.first, n);
    if (from < shape.output()) {
      addOuter(values.first, back.second, n, gradient);
      addWeighted(ones, back.second, n, gradient, shape.secondBias());
    }
    if (from < shape.second()) {
      addFirst(in, back.first, gradient);
    }
  }

  /** {@code D1 += D2 W2'}. */
  private void addTurned(double[] p, double[][] second, double[][] first, int n) {
    Kernels.unpackTransposed(p, shape.second(), square, h, h);
    Kernels.addProduct(second, square, first, n, h, h);
  }

  /** {@code dW2 += A1' D2}. */
  private void addOuter(double[][] first, double[][] second, int n, double[] gradient) {
    Kernels.clear(square, h, h);
    Kernels.addTransposedProduct(first, second, square, n, h, h, column);
    Kernels.addPacked(square, gradient, shape.second(), h, h);
  }

  /** Adds the weighted sum of rows. */
  private void addWeighted(double[] weights, double[][] rows, int n, double[] to, int at) {
    Arrays.fill(half, 0);
    Kernels.addCombination(weights, rows, half, n, h);
    Kernels.addScaled(1, half, 0, to, at, h);
  }

  private void addFirst(Inputs in, double[][] to, double[] gradient) {
    int n = in.rows();
    addInputs(in, to, gradient);
    addWeighted(ones, to, n, gradient, shape.firstBias());
  }

  /** {@code dW1_I += E_I' D} and {@code dW1_U += e_U sum(D)'}. */
  private void addInputs(Inputs in, double[][] to, double[] gradient) {
    int n = in.rows();
    int w = shape.itemWidth();
    Kernels.clear(itemWeights, w, h);
    Kernels.addTransposedProduct(in.items(), to, itemWeights, n, w, h, column);
    Kernels.addPacked(itemWeights, gradient, shape.firstItem(), w, h);
    double[] sum = sum(to, n);
    for (int i = 0; i < in.user().length; i++) {
      Kernels.addScaled(in.user()[i], sum, 0, gradient, i * h, h);
    }
  }

  private double[] sum(double[][] rows, int n) {
    double[] sum = new double[h];
    addWeighted(ones, rows, n, sum, 0);
    return sum;
  }

  /** {@code dE_I += D W1_I'} and {@code de_U += W1_U sum(D)}. */
  private void toInputs(double[] p, double[][] to, int n, Inputs inputs) {
    Kernels.unpackTransposed(p, shape.firstItem(), itemWeightsTurned, shape.itemWidth(), h);
    Kernels.addProduct(to, itemWeightsTurned, inputs.items(), n, h, shape.itemWidth());
    double[] sum = sum(to, n);
    for (int i = 0; i < inputs.user().length; i++) {
      inputs.user()[i] += Kernels.dot(sum, p, i * h, h);
    }
  }

  /**
   * Derivative, in the direction {@code v} of the parameters and {@code vIn} of the inputs, of what
   * {@link #backward} gave for a squared error: added to {@code gradient} and {@code inputs}.
   *
   * @param dOut as for {@link #backward}
   * @param curvature second derivative of the loss by each output
   * @param vIn null where the inputs don't move
   */
  void tangent(
      double[] p,
      double[] v,
      Inputs in,
      @Nullable Inputs vIn,
      double[] dOut,
      double curvature,
      double[] gradient,
      Inputs inputs) {
    int n = in.rows();
    moved.ensure(n);
    movedBack.ensure(n);
    tangentForward(p, v, in, vIn);
    for (int r = 0; r < n; r++) {
      moved.out[r] =
          curvature
              * (v[shape.outputBias()]
                  + Kernels.dot(moved.second[r], p, shape.output(), h)
                  + Kernels.dot(values.second[r], v, shape.output(), h));
    }
    tangentBackward(p, v, n, dOut, gradient);
    addFirst(in, movedBack.first, gradient);
    if (vIn != null) {
      addInputs(vIn, back.first, gradient);
    }
    toInputs(p, movedBack.first, n, inputs);
    toInputs(v, back.first, n, inputs);
  }

  private void tangentForward(double[] p, double[] v, Inputs in, @Nullable Inputs vIn) {
    int n = in.rows();
    userHalf(v, in.user(), half);
    if (vIn != null) {
      addUser(p, vIn.user(), half);
    }
    spread(half, 0, moved.first, n);
    addItems(v, in.items(), moved.first, n);
    if (vIn != null) {
      addItems(p, vIn.items(), moved.first, n);
    }
    Units.gate(moved.first, values.first, n);
    spread(v, shape.secondBias(), moved.second, n);
    Kernels.unpack(p, shape.second(), square, h, h);
    Kernels.addProduct(moved.first, square, moved.second, n, h, h);
    Kernels.unpack(v, shape.second(), square, h, h);
    Kernels.addProduct(values.first, square, moved.second, n, h, h);
    Units.gate(moved.second, values.second, n);
  }

  private void tangentBackward(double[] p, double[] v, int n, double[] dOut, double[] gradient) {
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < h; j++) {
        movedBack.second[r][j] =
            moved.out[r] * p[shape.output() + j] + dOut[r] * v[shape.output() + j];
      }
      gradient[shape.outputBias()] += moved.out[r];
    }
    addWeighted(dOut, moved.second, n, gradient, shape.output());
    addWeighted(moved.out, values.second, n, gradient, shape.output());
    Units.gate(movedBack.second, values.second, n);
    Kernels.clear(movedBack.first, n, h);
    addTurned(p, movedBack.second, movedBack.first, n);
    addTurned(v, back.second, movedBack.first, n);
    Units.gate(movedBack.first, values.first, n);
    addOuter(moved.first, back.second, n, gradient);
    addOuter(values.first, movedBack.second, n, gradient);
    addWeighted(ones, movedBack.second, n, gradient, shape.secondBias());
  }
}
