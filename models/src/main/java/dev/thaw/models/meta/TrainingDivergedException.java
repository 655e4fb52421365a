package dev.thaw.models.meta;

/** A loss ran away or stopped being a number; what was trained is of no use. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int step;
  private final double learningRate;
  private final double loss;

  TrainingDivergedException(String what, int step, double learningRate, double loss, double bound) {
    super(
        what
            + " diverged at step "
            + step
            + " with learning rate "
            + learningRate
            + ": loss must be finite and at most "
            + bound
            + ", was "
            + loss);
    this.step = step;
    this.learningRate = learningRate;
    this.loss = loss;
  }

  /** Step of the optimiser, from 1. */
  public int step() {
    return step;
  }

  public double learningRate() {
    return learningRate;
  }

  /** Mean squared error in units of the residuals' root mean square; may be NaN or infinite. */
  public double loss() {
    return loss;
  }
}
