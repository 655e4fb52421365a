package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;

/**
 * Bayesian linear regression of one arm with a posterior whose covariance is diagonal: {@code
 * theta_j ~ N(m_j, noise^2 / (lambda + s_j))}. Each observation is an exact step from the diagonal
 * posterior, of which the mean is kept and of the precision its diagonal:
 *
 * <pre>
 * P = diag(lambda + s),  e = r - m . x,  m += P^-1 x e / (1 + x' P^-1 x),  s_j += x_j^2
 * </pre>
 *
 * (the Kalman step with the projection that mean-field variational Bayes makes, Opper and Winther
 * 1998). Against {@code m = b / diag(A)}, which takes each feature for the only one, the residual
 * keeps features that go together from being counted twice.
 *
 * <p>Kept as {@code s} and {@code h = P m}, so that what fades falls back to the prior and two
 * states can be merged. Order matters a little, as the step does not look back; where observations
 * have one feature each, nothing is lost and merging equals learning in turn. Mutable; belongs to
 * one thread. O(d).
 */
public final class DiagonalStatistics {
  private final LinearPrior prior;
  private final Fading fading;
  private final double[] precision;
  private final double[] moment;
  private long frontier = Fading.NEVER;
  private Repairs repairs = Repairs.NONE;

  public DiagonalStatistics(LinearPrior prior, Fading fading) {
    this.prior = prior;
    this.fading = fading;
    this.precision = new double[prior.dimension()];
    this.moment = new double[prior.dimension()];
  }

  /**
   * @throws IllegalArgumentException see {@link LinearPrior}; nothing was learned then
   */
  public void observe(float[] x, double reward, long time) {
    prior.require(x, reward);
    fadeTo(time);
    double weight = fading.left(time, frontier);
    double residual = reward;
    double spread = 0;
    for (int j = 0; j < x.length; j++) {
      double p = prior.lambda() + precision[j];
      residual -= x[j] * moment[j] / p;
      spread += (double) x[j] * x[j] / p;
    }
    double gain = weight * residual / (1 + weight * spread);
    for (int j = 0; j < x.length; j++) {
      double p = prior.lambda() + precision[j];
      double mean = (moment[j] + gain * x[j]) / p;
      precision[j] += weight * x[j] * x[j];
      moment[j] = mean * (prior.lambda() + precision[j]);
    }
    repair();
  }

  /** Takes in what another one, of the same prior, has learned. */
  public void merge(DiagonalStatistics other) {
    fadeTo(other.frontier);
    double left = fading.left(other.frontier, frontier);
    for (int j = 0; j < precision.length; j++) {
      precision[j] += left * other.precision[j];
      moment[j] += left * other.moment[j];
    }
    repairs = repairs.plus(other.repairs);
    repair();
  }

  private void fadeTo(long time) {
    double left = fading.left(frontier, time);
    if (left < 1) {
      for (int j = 0; j < precision.length; j++) {
        precision[j] *= left;
        moment[j] *= left;
      }
    }
    frontier = Math.max(frontier, time);
  }

  private void repair() {
    for (int j = 0; j < precision.length; j++) {
      if (!(precision[j] >= 0 && Double.isFinite(precision[j]) && Double.isFinite(moment[j]))) {
        precision[j] = 0;
        moment[j] = 0;
        repairs = repairs.plus(Repairs.ONE_TO_PRIOR);
      }
    }
  }

  /**
   * What the posterior is at a time.
   *
   * @param means gets m, from place {@code at} in steps of {@code stride}
   * @param variances gets those of theta in units of the noise's, likewise
   */
  void write(long time, float[] means, float[] variances, int at, int stride) {
    double left = fading.left(frontier, time);
    for (int j = 0, to = at; j < precision.length; j++, to += stride) {
      double p = prior.lambda() + left * precision[j];
      means[to] = (float) (left * moment[j] / p);
      variances[to] = (float) (1 / p);
    }
  }

  /** s, a copy. */
  public double[] precision() {
    return precision.clone();
  }

  /** h, a copy. */
  public double[] moment() {
    return moment.clone();
  }

  /** Event time of the newest observation; {@link Fading#NEVER} before the first. */
  public long frontier() {
    return frontier;
  }

  public Repairs repairs() {
    return repairs;
  }
}
