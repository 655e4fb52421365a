package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.training.Dot;

/**
 * Factors and biases of the target's items in 64 bits, flat.
 *
 * @param temperature by which scores are multiplied before a softmax: those of implicit factors lie
 *     about zero and one and would give every item the same chance
 */
final class TargetItems {
  final int rank;
  final int size;
  final double[] factors;
  final double[] biases;
  final double temperature;

  private TargetItems(int rank, double[] factors, double[] biases, double temperature) {
    this.rank = rank;
    this.size = biases.length;
    this.factors = factors;
    this.biases = biases;
    this.temperature = temperature;
  }

  static TargetItems of(FactorModel model) {
    int rank = model.rank();
    double[] factors = new double[model.items().size() * rank];
    double[] biases = new double[model.items().size()];
    for (int item = 0; item < biases.length; item++) {
      float[] vector = model.indexVector(item);
      for (int i = 0; i < rank; i++) {
        factors[item * rank + i] = vector[i];
      }
      biases[item] = vector[rank];
    }
    return new TargetItems(rank, factors, biases, 1);
  }

  TargetItems withTemperature(double other) {
    return new TargetItems(rank, factors, biases, other);
  }

  /** {@code <v, q_i> + b_i}. */
  double score(double[] vector, int item) {
    return biases[item] + Dot.of(factors, item * rank, vector, 0, rank);
  }

  void addFactor(double weight, int item, double[] to) {
    for (int i = 0, at = item * rank; i < rank; i++, at++) {
      to[i] += weight * factors[at];
    }
  }
}
