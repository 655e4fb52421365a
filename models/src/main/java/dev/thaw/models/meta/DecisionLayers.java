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
  private final int hidden;
  private double[] first = new double[0];
  private double[] second = new double[0];
  private double[] out = new double[0];
  private double[] toFirst = new double[0];
  private double[] toSecond = new double[0];
  private double[] firstTangent = new double[0];
  private double[] secondTangent = new double[0];
  private double[] outTangent = new double[0];
  private double[] toFirstTangent = new double[0];
  private double[] toSecondTangent = new double[0];
  private final double[] half;
  private final double[] halfTangent;
  private final double[] turned;

  DecisionLayers(NetworkShape shape) {
    this.shape = shape;
    this.hidden = shape.hidden();
    this.half = new double[hidden];
    this.halfTangent = new double[hidden];
    this.turned = new double[hidden * Math.max(hidden, shape.itemWidth())];
  }

  private void ensure(int rows) {
    if (out.length < rows) {
      int n = Math.max(rows, 2 * out.length);
      first = new double[n * hidden];
      second = new double[n * hidden];
      out = new double[n];
      toFirst = new double[n * hidden];
      toSecond = new double[n * hidden];
      firstTangent = new double[n * hidden];
      secondTangent = new double[n * hidden];
      outTangent = new double[n];
      toFirstTangent = new double[n * hidden];
      toSecondTangent = new double[n * hidden];
    }
  }

  /** The network's outputs, one a row; valid until the next call. */
  double[] forward(double[] p, Inputs in) {
    int n = in.rows();
    ensure(n);
    userHalf(p, in.user(), half);
    spread(half, first, n);
    int h = hidden;
    Kernels.addProduct(in.items(), 0, p, shape.firstItem(), first, 0, n, shape.itemWidth(), h);
    rectify(first, n * h);
    spread(p, shape.secondBias(), second, n);
    Kernels.addProduct(first, 0, p, shape.second(), second, 0, n, h, h);
    rectify(second, n * h);
    for (int r = 0; r < n; r++) {
      out[r] = p[shape.outputBias()] + Kernels.dot(second, r * h, p, shape.output(), h);
    }
    return out;
  }

  /** {@code b1 + W1_U' e_U}, the same for all items of a user. */
  void userHalf(double[] p, double[] user, double[] into) {
    System.arraycopy(p, shape.firstBias(), into, 0, hidden);
    Kernels.addProduct(user, 0, p, 0, into, 0, 1, shape.userWidth(), hidden);
  }

  private void spread(double[] row, double[] rows, int n) {
    spread(row, 0, rows, n);
  }

  private void spread(double[] row, int at, double[] rows, int n) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(row, at, rows, r * hidden, hidden);
    }
  }

  private static void rectify(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  /** Sets to 0 where the unit was off. */
  private static void gate(double[] values, double[] units, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = units[i] > 0 ? values[i] : 0;
    }
  }

  /**
   * Adds the gradient of a loss to {@code gradient}, and to those of the inputs where asked.
   *
   * @param dOut derivative of the loss by each output
   * @param from parameters before it get no gradient
   * @param inputs gets the gradients of the inputs; its rows are not read
   */
  void backward(double[] p, Inputs in, double[] dOut, int from, double[] gradient, Inputs inputs) {
    backward(p, in, dOut, from, gradient);
    toInputs(p, toFirst, in.rows(), inputs);
  }

  /** The same without those of the inputs. */
  void backward(double[] p, Inputs in, double[] dOut, int from, double[] gradient) {
    int n = in.rows();
    int h = hidden;
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < h; j++) {
        toSecond[r * h + j] = dOut[r] * p[shape.output() + j];
      }
      gradient[shape.outputBias()] += dOut[r];
    }
    gate(toSecond, second, n * h);
    Kernels.addProduct(dOut, 0, second, 0, gradient, shape.output(), 1, n, h);
    Arrays.fill(toFirst, 0, n * h, 0);
    Kernels.transpose(p, shape.second(), turned, h, h);
    Kernels.addProduct(toSecond, 0, turned, 0, toFirst, 0, n, h, h);
    gate(toFirst, first, n * h);
    if (from < shape.output()) {
      Kernels.addTransposedProduct(first, 0, toSecond, 0, gradient, shape.second(), n, h, h);
      addRows(toSecond, n, gradient, shape.secondBias());
    }
    if (from < shape.second()) {
      addFirst(in, toFirst, gradient);
    }
  }

  private void addRows(double[] rows, int n, double[] sum, int at) {
    for (int r = 0; r < n; r++) {
      Kernels.addScaled(1, rows, r * hidden, sum, at, hidden);
    }
  }

  private void addFirst(Inputs in, double[] to, double[] gradient) {
    int n = in.rows();
    int h = hidden;
    Kernels.addTransposedProduct(
        in.items(), 0, to, 0, gradient, shape.firstItem(), n, shape.itemWidth(), h);
    double[] sum = new double[h];
    addRows(to, n, sum, 0);
    Kernels.addScaled(1, sum, 0, gradient, shape.firstBias(), h);
    Kernels.addTransposedProduct(in.user(), 0, sum, 0, gradient, 0, 1, shape.userWidth(), h);
  }

  /** {@code dE_I += D W1_I'} and {@code de_U += W1_U sum(D)}. */
  private void toInputs(double[] p, double[] to, int n, Inputs inputs) {
    int h = hidden;
    Kernels.transpose(p, shape.firstItem(), turned, shape.itemWidth(), h);
    Kernels.addProduct(to, 0, turned, 0, inputs.items(), 0, n, h, shape.itemWidth());
    double[] sum = new double[h];
    addRows(to, n, sum, 0);
    for (int i = 0; i < shape.userWidth(); i++) {
      inputs.user()[i] += Kernels.dot(p, i * h, sum, 0, h);
    }
  }

  /**
   * Derivative, in the direction {@code v} of the parameters and {@code vIn} of the inputs, of what
   * {@link #backward} gave for the mean squared error: added to {@code gradient} and {@code
   * inputs}.
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
    int h = hidden;
    int w = shape.itemWidth();
    userHalf(v, in.user(), halfTangent);
    if (vIn != null) {
      Kernels.addProduct(vIn.user(), 0, p, 0, halfTangent, 0, 1, shape.userWidth(), h);
    }
    spread(halfTangent, firstTangent, n);
    Kernels.addProduct(in.items(), 0, v, shape.firstItem(), firstTangent, 0, n, w, h);
    if (vIn != null) {
      Kernels.addProduct(vIn.items(), 0, p, shape.firstItem(), firstTangent, 0, n, w, h);
    }
    gate(firstTangent, first, n * h);
    spread(v, shape.secondBias(), secondTangent, n);
    Kernels.addProduct(firstTangent, 0, p, shape.second(), secondTangent, 0, n, h, h);
    Kernels.addProduct(first, 0, v, shape.second(), secondTangent, 0, n, h, h);
    gate(secondTangent, second, n * h);
    for (int r = 0; r < n; r++) {
      outTangent[r] =
          curvature
              * (v[shape.outputBias()]
                  + Kernels.dot(secondTangent, r * h, p, shape.output(), h)
                  + Kernels.dot(second, r * h, v, shape.output(), h));
    }
    tangentBack(p, v, in, vIn, dOut, gradient);
    toInputs(p, toFirstTangent, n, inputs);
    toInputs(v, toFirst, n, inputs);
  }

  private void tangentBack(
      double[] p, double[] v, Inputs in, @Nullable Inputs vIn, double[] dOut, double[] gradient) {
    int n = in.rows();
    int h = hidden;
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < h; j++) {
        toSecondTangent[r * h + j] =
            outTangent[r] * p[shape.output() + j] + dOut[r] * v[shape.output() + j];
      }
      gradient[shape.outputBias()] += outTangent[r];
    }
    gate(toSecondTangent, second, n * h);
    Kernels.addProduct(dOut, 0, secondTangent, 0, gradient, shape.output(), 1, n, h);
    Kernels.addProduct(outTangent, 0, second, 0, gradient, shape.output(), 1, n, h);
    Arrays.fill(toFirstTangent, 0, n * h, 0);
    Kernels.transpose(p, shape.second(), turned, h, h);
    Kernels.addProduct(toSecondTangent, 0, turned, 0, toFirstTangent, 0, n, h, h);
    Kernels.transpose(v, shape.second(), turned, h, h);
    Kernels.addProduct(toSecond, 0, turned, 0, toFirstTangent, 0, n, h, h);
    gate(toFirstTangent, first, n * h);
    Kernels.addTransposedProduct(firstTangent, 0, toSecond, 0, gradient, shape.second(), n, h, h);
    Kernels.addTransposedProduct(first, 0, toSecondTangent, 0, gradient, shape.second(), n, h, h);
    addRows(toSecondTangent, n, gradient, shape.secondBias());
    addFirst(in, toFirstTangent, gradient);
    if (vIn != null) {
      addMoving(vIn, gradient);
    }
  }

  /** The product of the inputs' tangents and the first derivatives. */
  private void addMoving(Inputs vIn, double[] gradient) {
    int n = vIn.rows();
    int h = hidden;
    Kernels.addTransposedProduct(
        vIn.items(), 0, toFirst, 0, gradient, shape.firstItem(), n, shape.itemWidth(), h);
    double[] sum = new double[h];
    addRows(toFirst, n, sum, 0);
    Kernels.addTransposedProduct(vIn.user(), 0, sum, 0, gradient, 0, 1, shape.userWidth(), h);
  }
}
