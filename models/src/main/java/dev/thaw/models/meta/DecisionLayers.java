package dev.thaw.models.meta;

import dev.thaw.models.training.Dot;
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
  private final LayerProducts products;
  private final double[] half;

  DecisionLayers(NetworkShape shape) {
    this.shape = shape;
    this.h = shape.hidden();
    this.values = new Units(h);
    this.back = new Units(h);
    this.moved = new Units(h);
    this.movedBack = new Units(h);
    this.products = new LayerProducts(shape);
    this.half = new double[h];
  }

  /** The network's outputs, one a row; valid until the next call. */
  double[] forward(double[] p, Inputs in) {
    products.userHalf(p, in.user(), half);
    return forward(p, half, in);
  }

  /** The same with the user's half of the first layer given, bias and all. */
  double[] forward(double[] p, double[] userHalf, Inputs in) {
    int n = in.rows();
    values.ensure(n);
    products.spread(userHalf, 0, values.first, n);
    products.addItems(p, in.items(), values.first, n);
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

  /**
   * What the second hidden layer made of a row of the last {@link #forward}.
   *
   * @param into its first places get the units
   */
  void lastHidden(int row, float[] into) {
    for (int j = 0; j < h; j++) {
      into[j] = (float) values.second[row][j];
    }
  }

  /** {@code b1 + W1_U' e_U}, the same for all items of a user. */
  void userHalf(double[] p, double[] user, double[] into) {
    products.userHalf(p, user, into);
  }

  private double[] deep(double[] p, int n) {
    Units.rectify(values.first, n);
    products.spread(p, shape.secondBias(), values.second, n);
    products.addSecond(p, values.first, values.second, n);
    Units.rectify(values.second, n);
    for (int r = 0; r < n; r++) {
      values.out[r] = p[shape.outputBias()] + Dot.of(values.second[r], 0, p, shape.output(), h);
    }
    return values.out;
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
    products.toInputs(p, back.first, in.rows(), inputs);
  }

  /** The same without those of the inputs. */
  void backward(double[] p, Inputs in, double[] dOut, int from, double[] gradient) {
    int n = in.rows();
    back.ensure(n);
    products.ensure(n);
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < h; j++) {
        back.second[r][j] = dOut[r] * p[shape.output() + j];
      }
      gradient[shape.outputBias()] += dOut[r];
    }
    products.addWeighted(dOut, values.second, n, gradient, shape.output());
    Units.gate(back.second, values.second, n);
    Kernels.clear(back.first, n, h);
    products.addTurned(p, back.second, back.first, n);
    Units.gate(back.first, values.first, n);
    if (from < shape.output()) {
      products.addOuter(values.first, back.second, n, gradient);
      products.addRows(back.second, n, gradient, shape.secondBias());
    }
    if (from < shape.second()) {
      products.addFirst(in, back.first, gradient);
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
                  + Dot.of(moved.second[r], 0, p, shape.output(), h)
                  + Dot.of(values.second[r], 0, v, shape.output(), h));
    }
    tangentBackward(p, v, n, dOut, gradient);
    products.addFirst(in, movedBack.first, gradient);
    if (vIn != null) {
      products.addInputs(vIn, back.first, gradient);
    }
    products.toInputs(p, movedBack.first, n, inputs);
    products.toInputs(v, back.first, n, inputs);
  }

  private void tangentForward(double[] p, double[] v, Inputs in, @Nullable Inputs vIn) {
    int n = in.rows();
    products.userHalf(v, in.user(), half);
    if (vIn != null) {
      products.addUser(p, vIn.user(), half);
    }
    products.spread(half, 0, moved.first, n);
    products.addItems(v, in.items(), moved.first, n);
    if (vIn != null) {
      products.addItems(p, vIn.items(), moved.first, n);
    }
    Units.gate(moved.first, values.first, n);
    products.spread(v, shape.secondBias(), moved.second, n);
    products.addSecond(p, moved.first, moved.second, n);
    products.addSecond(v, values.first, moved.second, n);
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
    products.addWeighted(dOut, moved.second, n, gradient, shape.output());
    products.addWeighted(moved.out, values.second, n, gradient, shape.output());
    Units.gate(movedBack.second, values.second, n);
    Kernels.clear(movedBack.first, n, h);
    products.addTurned(p, movedBack.second, movedBack.first, n);
    products.addTurned(v, back.second, movedBack.first, n);
    Units.gate(movedBack.first, values.first, n);
    products.addOuter(moved.first, back.second, n, gradient);
    products.addOuter(values.first, movedBack.second, n, gradient);
    products.addRows(movedBack.second, n, gradient, shape.secondBias());
  }
}
