package dev.thaw.models.bridge;

/** A differentiable loss of one example of many. */
@FunctionalInterface
interface ExampleLoss {
  /**
   * The loss of an example.
   *
   * @param gradient gets the derivatives by the parameters added
   */
  double add(double[] parameters, int example, double[] gradient);
}
