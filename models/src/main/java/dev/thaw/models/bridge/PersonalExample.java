package dev.thaw.models.bridge;

/**
 * One user, or one part of the user's source history.
 *
 * @param liked scaled factors of liked source items
 * @param source the scaled source vector
 * @param shared what the shared bridge maps it onto, not scaled
 * @param loss in the target
 */
record PersonalExample(double[][] liked, double[] source, double[] shared, TargetLoss loss) {

  /**
   * The loss of {@code shared + scale M u} and {@code pull |M u|^2 / d}.
   *
   * @param scale of target vectors
   * @param pull towards the shared bridge
   */
  static ExampleLoss loss(
      PtupcdrNetwork network, PersonalExample[] examples, double scale, double pull) {
    int rank = network.out();
    double[] rest = new double[rank];
    double[] vector = new double[rank];
    double[] ofVector = new double[rank];
    return (parameters, number, gradient) -> {
      PersonalExample example = examples[number];
      PtupcdrNetwork.Pass pass = network.forward(parameters, example.liked, example.source, rest);
      double square = 0;
      for (int t = 0; t < rank; t++) {
        vector[t] = example.shared[t] + scale * rest[t];
        square += rest[t] * rest[t] / rank;
      }
      double loss = example.loss.of(vector, ofVector);
      for (int t = 0; t < rank; t++) {
        ofVector[t] = scale * ofVector[t] + 2 * pull * rest[t] / rank;
      }
      network.backward(parameters, pass, ofVector, gradient);
      return loss + pull * square;
    };
  }
}
