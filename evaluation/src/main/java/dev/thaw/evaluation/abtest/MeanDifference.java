package dev.thaw.evaluation.abtest;

/**
 * How far the mean of a treatment lies above that of the control.
 *
 * @param standardError with each arm's own variance; infinite if an arm has fewer than two users
 * @param users of both arms
 * @param fewest users of the smaller arm
 */
public record MeanDifference(double difference, double standardError, int users, int fewest) {

  public static MeanDifference of(ArmMoments control, ArmMoments treatment) {
    return new MeanDifference(
        treatment.mean() - control.mean(),
        Math.sqrt(
            control.variance() / Math.max(1, control.users())
                + treatment.variance() / Math.max(1, treatment.users())),
        control.users() + treatment.users(),
        Math.min(control.users(), treatment.users()));
  }

  /** In standard errors from {@code value}. */
  double standardised(double value) {
    return (difference - value) / standardError;
  }
}
