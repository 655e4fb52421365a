package dev.thaw.models.kernel;

/**
 * The neural tangent kernel of a ReLU network with one wide hidden layer between unit vectors
 * (Jacot et al., NeurIPS 2018, by the arc-cosine kernels of Cho and Saul, NIPS 2009, eq. 3).
 * Recommends better from few examples than the plain product (Sachdeva et al., NeurIPS 2022).
 */
public final class TangentKernel {
  private TangentKernel() {}

  /**
   * Both layers' parts, halved so that a vector is as alike to itself as one.
   *
   * @param cosine in [-1, 1]; beyond it by rounding only
   * @return in [0, 1]
   */
  public static double of(double cosine) {
    double bounded = Math.max(-1, Math.min(1, cosine));
    double angle = Math.acos(bounded);
    double zeroth = (Math.PI - angle) / Math.PI;
    double first = (Math.sqrt(1 - bounded * bounded) + (Math.PI - angle) * bounded) / Math.PI;
    return (bounded * zeroth + first) / 2;
  }
}
