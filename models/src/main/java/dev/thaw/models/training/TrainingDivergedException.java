package dev.thaw.models.training;

/** A loss ran away or stopped being a number; what was trained is of no use. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int step;
  private final double learningRate;
  private final double loss;

  /**
   * @param what diverged, for the message
   * @param bound the most that the loss may be
   */
  public TrainingDivergedException(
      String what, int step, double learningRate, double loss, double bound) {
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

  /** As the trainer measures it; may be NaN or infinite. */
  public double loss() {
    return loss;
  }
}
