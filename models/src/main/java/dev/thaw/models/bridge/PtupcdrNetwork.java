package dev.thaw.models.bridge;

import dev.thaw.models.training.Dot;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A bridge for one user: attention over liked items, {@code a_i = softmax(v . relu(A q_i + a))},
 * gives the characteristic vector {@code c = sum a_i q_i} (PTUPCDR, Zhu et al., WSDM 2022, eq. 5
 * and 6); a meta network gives the matrix {@code M = sum_k h_k W_k}, {@code h = [relu(B c + b); 1]}
 * (eq. 7), of which {@link #forward} returns {@code M u}. Attention runs over as many items as the
 * user has, so that there is no padding to mask; without any, M is zero.
 *
 * <p>Parameters lie in one flat array: A (in x in), a, v, B (hidden x in), b, then the hidden + 1
 * matrices W_k (out x in). O(items in^2 + hidden in out).
 */
record PtupcdrNetwork(int in, int hidden, int out) {
  int parameters() {
    return matrices() + (hidden + 1) * out * in;
  }

  private int offset() {
    return in * in;
  }

  private int direction() {
    return offset() + in;
  }

  private int meta() {
    return direction() + in;
  }

  private int metaBias() {
    return meta() + hidden * in;
  }

  private int matrices() {
    return metaBias() + hidden;
  }

  /** The W_k are zero, so that the bridge starts as the zero map. */
  double[] initial(RandomGenerator random) {
    double[] parameters = new double[parameters()];
    double scale = 1 / Math.sqrt(in);
    for (int i = 0; i < metaBias(); i++) {
      boolean isOffset = i >= offset() && i < direction();
      parameters[i] = isOffset ? 0 : random.nextGaussian() * scale;
    }
    return parameters;
  }

  /** What a forward pass leaves for the backward one. */
  final class Pass {
    private final double[][] items;
    private final double[] user;
    private final double[][] relu;
    private final double[] weight;
    private final double[] characteristic = new double[in];
    private final double[] h = new double[hidden + 1];
    private final double[] mapped = new double[(hidden + 1) * out];

    private Pass(double[][] items, double[] user) {
      this.items = items;
      this.user = user;
      this.relu = new double[items.length][in];
      this.weight = new double[items.length];
    }
  }

  /**
   * @param items liked ones, each of length in
   * @param y gets M u
   */
  Pass forward(double[] p, double[][] items, double[] user, double[] y) {
    Pass pass = new Pass(items, user);
    Arrays.fill(y, 0);
    if (items.length == 0) {
      return pass;
    }
    attend(p, pass);
    characterise(p, pass);
    for (int k = 0, at = matrices(); k <= hidden; k++) {
      for (int o = 0; o < out; o++, at += in) {
        double sum = Dot.of(p, at, user, 0, in);
        pass.mapped[k * out + o] = sum;
        y[o] += pass.h[k] * sum;
      }
    }
    return pass;
  }

  private void attend(double[] p, Pass pass) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < pass.items.length; n++) {
      double energy = 0;
      for (int o = 0; o < in; o++) {
        double sum = p[offset() + o] + Dot.of(p, o * in, pass.items[n], 0, in);
        pass.relu[n][o] = Math.max(0, sum);
        energy += p[direction() + o] * pass.relu[n][o];
      }
      pass.weight[n] = energy;
      highest = Math.max(highest, energy);
    }
    double total = 0;
    for (int n = 0; n < pass.weight.length; n++) {
      pass.weight[n] = Math.exp(pass.weight[n] - highest);
      total += pass.weight[n];
    }
    for (int n = 0; n < pass.weight.length; n++) {
      pass.weight[n] /= total;
    }
  }

  private void characterise(double[] p, Pass pass) {
    for (int n = 0; n < pass.items.length; n++) {
      for (int i = 0; i < in; i++) {
        pass.characteristic[i] += pass.weight[n] * pass.items[n][i];
      }
    }
    for (int k = 0; k < hidden; k++) {
      double sum = Dot.of(p, meta() + k * in, pass.characteristic, 0, in);
      pass.h[k] = Math.max(0, p[metaBias() + k] + sum);
    }
    pass.h[hidden] = 1;
  }

  /**
   * @param ofOutput derivative by y
   * @param gradient gets the derivatives by the parameters added
   */
  void backward(double[] p, Pass pass, double[] ofOutput, double[] gradient) {
    if (pass.items.length == 0) {
      return;
    }
    double[] ofCharacteristic = new double[in];
    for (int k = 0, at = matrices(); k <= hidden; k++) {
      double ofH = 0;
      for (int o = 0; o < out; o++) {
        ofH += ofOutput[o] * pass.mapped[k * out + o];
        double scaled = pass.h[k] * ofOutput[o];
        for (int i = 0; scaled != 0 && i < in; i++) {
          gradient[at + i] += scaled * pass.user[i];
        }
        at += in;
      }
      if (k < hidden && pass.h[k] > 0) {
        gradient[metaBias() + k] += ofH;
        for (int i = 0, row = meta() + k * in; i < in; i++, row++) {
          gradient[row] += ofH * pass.characteristic[i];
          ofCharacteristic[i] += ofH * p[row];
        }
      }
    }
    backAttention(p, pass, ofCharacteristic, gradient);
  }

  private void backAttention(double[] p, Pass pass, double[] ofCharacteristic, double[] gradient) {
    double[] ofWeight = new double[pass.items.length];
    double mean = 0;
    for (int n = 0; n < ofWeight.length; n++) {
      ofWeight[n] = Dot.of(ofCharacteristic, 0, pass.items[n], 0, in);
      mean += pass.weight[n] * ofWeight[n];
    }
    for (int n = 0; n < ofWeight.length; n++) {
      double ofEnergy = pass.weight[n] * (ofWeight[n] - mean);
      for (int o = 0; o < in; o++) {
        if (pass.relu[n][o] > 0) {
          gradient[direction() + o] += ofEnergy * pass.relu[n][o];
          double inner = ofEnergy * p[direction() + o];
          gradient[offset() + o] += inner;
          for (int i = 0, at = o * in; i < in; i++, at++) {
            gradient[at] += inner * pass.items[n][i];
          }
        }
      }
    }
  }
}
