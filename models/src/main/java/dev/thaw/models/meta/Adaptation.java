package dev.thaw.models.meta;

import java.util.Arrays;

/**
 * The inner loop alone: full-batch gradient descent on a user's support from the shared decision
 * layers. MeLU, Lee et al., KDD 2019, algorithm 1, lines 5-6. O(steps * ratings * parameters).
 */
final class Adaptation {
  private final NetworkShape shape;
  private final InnerLoop inner;
  private final DecisionLayers layers;

  Adaptation(NetworkShape shape, InnerLoop inner) {
    this.shape = shape;
    this.inner = inner;
    this.layers = new DecisionLayers(shape);
  }

  /**
   * Descends in place.
   *
   * @param theta decision layers
   * @param targets one for each item of the inputs
   * @return mean squared errors before each step and after the last
   */
  double[] descend(double[] theta, Inputs in, double[] targets) {
    int n = in.rows();
    int steps = n == 0 ? 0 : inner.steps();
    int from = inner.part().from(shape);
    double[] losses = new double[steps + 1];
    double[] toOut = new double[n];
    double[] gradient = new double[theta.length];
    for (int k = 0; k < steps; k++) {
      losses[k] = loss(theta, in, targets, toOut);
      Arrays.fill(gradient, 0);
      layers.backward(theta, in, toOut, from, gradient);
      Kernels.addScaled(-inner.rate(), gradient, from, theta, from, shape.size() - from);
    }
    losses[steps] = loss(theta, in, targets, toOut);
    return losses;
  }

  private double loss(double[] theta, Inputs in, double[] targets, double[] toOut) {
    double[] out = layers.forward(theta, in);
    double sum = 0;
    for (int r = 0; r < targets.length; r++) {
      double error = out[r] - targets[r];
      sum += error * error;
      toOut[r] = 2 * error / targets.length;
    }
    return targets.length == 0 ? 0 : sum / targets.length;
  }

  /** The gradient of the first step, of what adapts. */
  double[] gradient(double[] theta, Inputs in, double[] targets) {
    double[] toOut = new double[in.rows()];
    double unused = loss(theta, in, targets, toOut);
    double[] gradient = new double[theta.length];
    int from = inner.part().from(shape);
    layers.backward(theta, in, toOut, from, gradient);
    Arrays.fill(gradient, 0, from, 0);
    return gradient;
  }

  void userHalf(double[] theta, double[] user, double[] into) {
    layers.userHalf(theta, user, into);
  }
}
