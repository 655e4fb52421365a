package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Repairs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Posteriors of arms out of sums that were learned elsewhere. An arm's is made when its sums come,
 * O(d^3), and kept until others do, so that a snapshot costs no more than a copy, whatever is then
 * assumed of intercepts. Mutable; belongs to one thread; snapshots don't change.
 */
public final class LinearPosteriors {
  private final LinearPrior prior;
  private final BiFunction<LinearSums, RidgePosterior, WeightsPosterior> form;
  private final WeightsPosterior unseen;
  private final Map<ItemId, ArmsSnapshot.Known> arms = new HashMap<>();

  private LinearPosteriors(
      LinearPrior prior, BiFunction<LinearSums, RidgePosterior, WeightsPosterior> form) {
    this.prior = prior;
    this.form = form;
    this.unseen =
        form.apply(
            LinearSums.of(prior.dimension()),
            new RidgeStatistics(prior, Fading.NONE).posterior(Fading.NEVER));
  }

  /** {@link LinearSums#diagonal}: O(d) an arm in a request, 12 d bytes an arm in a snapshot. */
  public static LinearPosteriors diagonal(LinearPrior prior) {
    return new LinearPosteriors(prior, (sums, ridge) -> sums.diagonal(prior, ridge));
  }

  /** All of the covariance: O(d^2) an arm in a request, 8 d^2 bytes an arm in a snapshot. */
  public static LinearPosteriors ridge(LinearPrior prior) {
    return new LinearPosteriors(prior, (sums, ridge) -> ridge);
  }

  /**
   * In place of what was known of the arm.
   *
   * @throws IllegalArgumentException if the sums are of another dimension than the prior
   */
  public void put(ItemId arm, LinearSums sums) {
    RidgeStatistics ridge = sums.ridge(prior);
    // what can't be inverted teaches nothing; a mean without its precision would be certain of it
    arms.put(
        arm,
        ridge.repairs().equals(Repairs.NONE)
            ? new ArmsSnapshot.Known(
                form.apply(sums, ridge.posterior(sums.frontier())), sums.counts(), Repairs.NONE)
            : new ArmsSnapshot.Known(unseen, ArmEvidence.NONE, ridge.repairs()));
  }

  /** The arm is as the prior says from here on. */
  public void remove(ItemId arm) {
    arms.remove(arm);
  }

  /**
   * Under the prior alone, whose mean is 0 for every arm.
   *
   * @param version names the snapshot in impression records
   */
  public LinearEvidence snapshot(String version) {
    Intercept zero = new Intercept(prior.lambda(), 0);
    return snapshot(version, (arm, learned) -> zero);
  }

  /**
   * With intercepts that begin at what is known of an arm without features.
   *
   * @param version names the snapshot in impression records
   * @param counted all that showing arms earned, what the sums hold included; as of the same time
   */
  public LinearEvidence snapshot(
      String version, InterceptPriors intercepts, PosteriorSnapshot counted) {
    return snapshot(version, (arm, learned) -> intercepts.of(arm, counted.of(arm.item()), learned));
  }

  private LinearEvidence snapshot(
      String version, BiFunction<Arm, ArmEvidence, Intercept> intercepts) {
    return new ArmsSnapshot(version, prior, unseen, arms, intercepts);
  }
}
