package dev.thaw.models.meta;

import dev.thaw.models.training.Dot;
import java.util.Arrays;

/**
 * The products that values, gradients and tangents of the decision layers are made of, with the
 * memory they need: parameters flat, batches as rows. One thread.
 */
final class LayerProducts {
  private final NetworkShape shape;
  private final int h;
  private final double[] scratch;
  private final double[][] square;
  private final double[][] itemWeights;
  private final double[][] itemWeightsTurned;
  private double[] column = new double[0];
  private double[] ones = new double[0];

  LayerProducts(NetworkShape shape) {
    this.shape = shape;
    this.h = shape.hidden();
    this.scratch = new double[h];
    this.square = new double[h][h];
    this.itemWeights = new double[shape.itemWidth()][h];
    this.itemWeightsTurned = new double[h][shape.itemWidth()];
  }

  /** Makes room for batches of so many rows. */
  void ensure(int rows) {
    if (column.length < rows) {
      column = new double[2 * rows];
      ones = new double[2 * rows];
      Arrays.fill(ones, 1);
    }
  }

  /** {@code A2 += A1 W2}. */
  void addSecond(double[] p, double[][] first, double[][] second, int n) {
    Kernels.unpack(p, shape.second(), square, h, h);
    Kernels.addProduct(first, square, second, n, h, h);
  }

  /** Adds the sum of rows. */
  void addRows(double[][] rows, int n, double[] to, int at) {
    addWeighted(ones, rows, n, to, at);
  }

  /** {@code b1 + W1_U' e_U}, the same for all items of a user. */
  void userHalf(double[] p, double[] user, double[] into) {
    System.arraycopy(p, shape.firstBias(), into, 0, h);
    addUser(p, user, into);
  }

  void addUser(double[] p, double[] user, double[] into) {
    for (int i = 0; i < user.length; i++) {
      Kernels.addScaled(user[i], p, i * h, into, 0, h);
    }
  }

  void addItems(double[] p, double[][] items, double[][] into, int n) {
    Kernels.unpack(p, shape.firstItem(), itemWeights, shape.itemWidth(), h);
    Kernels.addProduct(items, itemWeights, into, n, shape.itemWidth(), h);
  }

  void spread(double[] row, int at, double[][] rows, int n) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(row, at, rows[r], 0, h);
    }
  }

  /** {@code D1 += D2 W2'}. */
  void addTurned(double[] p, double[][] second, double[][] first, int n) {
    Kernels.unpackTransposed(p, shape.second(), square, h, h);
    Kernels.addProduct(second, square, first, n, h, h);
  }

  /** {@code dW2 += A1' D2}. */
  void addOuter(double[][] first, double[][] second, int n, double[] gradient) {
    Kernels.clear(square, h, h);
    Kernels.addTransposedProduct(first, second, square, n, h, h, column);
    Kernels.addPacked(square, gradient, shape.second(), h, h);
  }

  /** Adds the weighted sum of rows. */
  void addWeighted(double[] weights, double[][] rows, int n, double[] to, int at) {
    Arrays.fill(scratch, 0);
    Kernels.addCombination(weights, rows, scratch, n, h);
    Kernels.addScaled(1, scratch, 0, to, at, h);
  }

  void addFirst(Inputs in, double[][] to, double[] gradient) {
    int n = in.rows();
    addInputs(in, to, gradient);
    addRows(to, n, gradient, shape.firstBias());
  }

  /** {@code dW1_I += E_I' D} and {@code dW1_U += e_U sum(D)'}. */
  void addInputs(Inputs in, double[][] to, double[] gradient) {
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

  double[] sum(double[][] rows, int n) {
    double[] sum = new double[h];
    addRows(rows, n, sum, 0);
    return sum;
  }

  /** {@code dE_I += D W1_I'} and {@code de_U += W1_U sum(D)}. */
  void toInputs(double[] p, double[][] to, int n, Inputs inputs) {
    Kernels.unpackTransposed(p, shape.firstItem(), itemWeightsTurned, shape.itemWidth(), h);
    Kernels.addProduct(to, itemWeightsTurned, inputs.items(), n, h, shape.itemWidth());
    double[] sum = sum(to, n);
    for (int i = 0; i < inputs.user().length; i++) {
      inputs.user()[i] += Dot.of(sum, 0, p, i * h, h);
    }
  }
}
