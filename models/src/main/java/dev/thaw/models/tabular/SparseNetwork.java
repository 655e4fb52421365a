package dev.thaw.models.tabular;

import dev.thaw.models.tabular.TabularFeatures.Row;
import dev.thaw.models.training.Dot;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * {@code y = W2 tanh(W1 x + b1) + b2} of sparse inputs. Parameters lie in one flat array: b1, b2,
 * W2 (out x hidden), W1 (in x hidden, a row for each input). O(hidden (inputs of a row + out)).
 */
record SparseNetwork(int in, int hidden, int out) {
  int parameters() {
    return firstWeight() + (out + in) * hidden;
  }

  /** Where biases end and weights begin. */
  int firstWeight() {
    return hidden + out;
  }

  private int firstInput() {
    return firstWeight() + out * hidden;
  }

  /**
   * The first layer is zero, so that an input that is met never, or seldom, says little.
   *
   * @param answer of the untrained network
   */
  double[] initial(double[] answer, RandomGenerator random) {
    double[] parameters = new double[parameters()];
    System.arraycopy(answer, 0, parameters, hidden, out);
    double scale = 1 / Math.sqrt(hidden);
    for (int i = firstWeight(); i < firstInput(); i++) {
      parameters[i] = random.nextGaussian() * scale;
    }
    return parameters;
  }

  /**
   * @param kept what each input is multiplied by; 0 leaves it out
   * @param activation gets the hidden layer
   */
  void forward(double[] p, Row row, double[] kept, double[] activation, double[] y) {
    System.arraycopy(p, 0, activation, 0, hidden);
    for (int n = 0; n < row.indices().length; n++) {
      if (kept[n] != 0) {
        int at = firstInput() + row.indices()[n] * hidden;
        for (int h = 0; h < hidden; h++) {
          activation[h] += kept[n] * row.values()[n] * p[at + h];
        }
      }
    }
    for (int h = 0; h < hidden; h++) {
      activation[h] = Math.tanh(activation[h]);
    }
    for (int o = 0; o < out; o++) {
      y[o] = p[hidden + o] + Dot.of(p, firstWeight() + o * hidden, activation, 0, hidden);
    }
  }

  /**
   * @param activation of the forward pass
   * @param ofOutput derivative by y
   * @param gradient gets the derivatives by the parameters added
   */
  void backward(
      double[] p,
      Row row,
      double[] kept,
      double[] activation,
      double[] ofOutput,
      double[] gradient) {
    double[] inner = new double[hidden];
    for (int o = 0; o < out; o++) {
      gradient[hidden + o] += ofOutput[o];
      int at = firstWeight() + o * hidden;
      for (int h = 0; h < hidden; h++) {
        inner[h] += ofOutput[o] * p[at + h];
        gradient[at + h] += ofOutput[o] * activation[h];
      }
    }
    for (int h = 0; h < hidden; h++) {
      inner[h] *= 1 - activation[h] * activation[h];
      gradient[h] += inner[h];
    }
    for (int n = 0; n < row.indices().length; n++) {
      if (kept[n] != 0) {
        int at = firstInput() + row.indices()[n] * hidden;
        for (int h = 0; h < hidden; h++) {
          gradient[at + h] += kept[n] * row.values()[n] * inner[h];
        }
      }
    }
  }

  static double[] all(Row row) {
    double[] kept = new double[row.indices().length];
    Arrays.fill(kept, 1);
    return kept;
  }

  /**
   * Leaves words out. Those that stay count for them, so that the hidden layer gets as much on
   * average as from all: dropout with what is kept multiplied by {@code 1 / (1 - dropout)},
   * Srivastava et al., JMLR 2014, section 10.
   *
   * @param dropout chance of each word, in [0, 1)
   */
  static double[] some(Row row, double dropout, RandomGenerator random) {
    double[] kept = all(row);
    for (int n = 0; n < row.words(); n++) {
      kept[n] = random.nextDouble() < dropout ? 0 : 1 / (1 - dropout);
    }
    return kept;
  }
}
