package dev.thaw.models.bridge;

import dev.thaw.models.training.Dot;
import java.util.random.RandomGenerator;

/**
 * {@code y = W2 tanh(W1 x + b1) + b2}: the multi-layer perceptron of EMCDR, Man et al., IJCAI 2017,
 * section 3.3. Parameters lie in one flat array: W1 (hidden x in), b1, W2 (out x hidden), b2.
 * O(hidden (in + out)).
 */
record TanhNetwork(int in, int hidden, int out) {
  int parameters() {
    return hidden * (in + 1) + out * (hidden + 1);
  }

  /** The second layer is zero, so that the network starts as the zero map. */
  double[] initial(RandomGenerator random) {
    double[] parameters = new double[parameters()];
    double scale = 1 / Math.sqrt(in);
    for (int i = 0; i < hidden * in; i++) {
      parameters[i] = random.nextGaussian() * scale;
    }
    return parameters;
  }

  /**
   * @param activation gets the hidden layer
   */
  void forward(double[] p, double[] x, double[] activation, double[] y) {
    int bias = hidden * in;
    for (int h = 0; h < hidden; h++) {
      activation[h] = Math.tanh(p[bias + h] + Dot.of(p, h * in, x, 0, in));
    }
    int second = bias + hidden;
    int last = second + out * hidden;
    for (int o = 0; o < out; o++) {
      y[o] = p[last + o] + Dot.of(p, second + o * hidden, activation, 0, hidden);
    }
  }

  /**
   * @param activation of the forward pass
   * @param ofOutput derivative by y
   * @param gradient gets the derivatives by the parameters added
   */
  void backward(double[] p, double[] x, double[] activation, double[] ofOutput, double[] gradient) {
    int bias = hidden * in;
    int second = bias + hidden;
    int last = second + out * hidden;
    double[] inner = new double[hidden];
    for (int o = 0; o < out; o++) {
      gradient[last + o] += ofOutput[o];
      for (int h = 0, at = second + o * hidden; h < hidden; h++, at++) {
        inner[h] += ofOutput[o] * p[at];
        gradient[at] += ofOutput[o] * activation[h];
      }
    }
    for (int h = 0; h < hidden; h++) {
      inner[h] *= 1 - activation[h] * activation[h];
      gradient[bias + h] += inner[h];
      for (int i = 0, at = h * in; i < in; i++, at++) {
        gradient[at] += inner[h] * x[i];
      }
    }
  }
}
