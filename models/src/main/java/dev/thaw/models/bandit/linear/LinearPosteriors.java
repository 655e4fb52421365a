package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Repairs;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Posteriors of arms out of sums that were learned elsewhere. An arm's is made when its sums come,
 * O(d^3), and kept until others do, so that a snapshot costs no more than a copy, whatever is then
 * assumed of intercepts.
 *
 * <p>All of the covariance is kept of so many arms at most: those whose sums hold most impressions,
 * of equals those whose ids come first. Of the others its diagonal is. Mutable; belongs to one
 * thread; snapshots don't change.
 */
public final class LinearPosteriors {
  private final LinearPrior prior;
  private final int most;
  private final WeightsPosterior unseen;
  private final Map<ItemId, ArmsSnapshot.Known> arms = new HashMap<>();

  /** With all of the covariance; the first is the first to lose it. */
  private final TreeSet<Full> full =
      new TreeSet<>(
          Comparator.comparingDouble(Full::impressions)
              .thenComparing(Full::arm, Comparator.reverseOrder()));

  private boolean incomplete;

  /**
   * @param narrow the same arm without all of its covariance
   */
  private record Full(ItemId arm, double impressions, ArmsSnapshot.Known narrow) {}

  private LinearPosteriors(LinearPrior prior, int most) {
    this.prior = prior;
    this.most = most;
    RidgePosterior ridge = new RidgeStatistics(prior, Fading.NONE).posterior(Fading.NEVER);
    this.unseen = most > 0 ? ridge : LinearSums.of(prior.dimension()).diagonal(prior, ridge);
  }

  /** {@link LinearSums#diagonal}: O(d) an arm in a request, 12 d bytes an arm in a snapshot. */
  public static LinearPosteriors diagonal(LinearPrior prior) {
    return new LinearPosteriors(prior, 0);
  }

  /**
   * All of the covariance: O(d^2) an arm in a request, 8 d^2 bytes an arm in a snapshot.
   *
   * @param most arms of which all of it is kept, at least 1
   */
  public static LinearPosteriors ridge(LinearPrior prior, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("arms with all covariance must be >= 1, were " + most);
    }
    return new LinearPosteriors(prior, most);
  }

  /**
   * In place of what was known of the arm.
   *
   * @throws IllegalArgumentException if the sums are of another dimension than the prior
   */
  public void put(ItemId arm, LinearSums sums) {
    RidgeStatistics statistics = sums.ridge(prior);
    double before = learned(arm).impressions();
    boolean wasFull = leave(arm);
    boolean others = full.size() < arms.size();
    ArmEvidence learned = ArmEvidence.NONE;
    if (statistics.repairs().equals(Repairs.NONE)) {
      learned = sums.counts();
      add(arm, sums, statistics.posterior(sums.frontier()), learned);
    } else {
      // teaches nothing: a mean without its precision would be certain of it
      arms.put(arm, new ArmsSnapshot.Known(unseen, learned, statistics.repairs()));
    }
    incomplete |= wasFull && others && learned.impressions() < before;
  }

  private void add(ItemId arm, LinearSums sums, RidgePosterior ridge, ArmEvidence learned) {
    ArmsSnapshot.Known narrow =
        new ArmsSnapshot.Known(sums.diagonal(prior, ridge), learned, Repairs.NONE);
    if (most == 0) {
      arms.put(arm, narrow);
      return;
    }
    arms.put(arm, new ArmsSnapshot.Known(ridge, learned, Repairs.NONE));
    full.add(new Full(arm, learned.impressions(), narrow));
    if (full.size() > most) {
      Full last = full.first();
      full.remove(last);
      arms.put(last.arm, last.narrow);
    }
  }

  private ArmEvidence learned(ItemId arm) {
    ArmsSnapshot.Known known = arms.get(arm);
    return known == null ? ArmEvidence.NONE : known.learned();
  }

  /**
   * @return whether all of its covariance was kept
   */
  private boolean leave(ItemId arm) {
    ArmsSnapshot.Known known = arms.remove(arm);
    return known != null && full.remove(new Full(arm, known.learned().impressions(), known));
  }

  /** The arm is as the prior says from here on. */
  public void remove(ItemId arm) {
    incomplete |= leave(arm) && full.size() < arms.size();
  }

  /** Whether all of the covariance of an arm is kept. */
  public boolean isFull(ItemId arm) {
    ArmsSnapshot.Known known = arms.get(arm);
    return known != null && known.posterior() instanceof RidgePosterior;
  }

  /**
   * Whether an arm has lost its place among those with all of their covariance to one whose sums
   * are no longer here: all are to be put again, into new posteriors.
   */
  public boolean isIncomplete() {
    return incomplete;
  }

  /**
   * Under the prior alone, whose mean is 0 for every arm.
   *
   * @param version names the snapshot in impression records
   */
  public ArmsSnapshot snapshot(String version) {
    Intercept zero = new Intercept(prior.lambda(), 0);
    return snapshot(version, (arm, learned) -> zero);
  }

  /**
   * With intercepts that begin at what is known of an arm without features.
   *
   * @param version names the snapshot in impression records
   * @param counted all that showing arms earned, what the sums hold included; as of the same time
   */
  public ArmsSnapshot snapshot(
      String version, InterceptPriors intercepts, PosteriorSnapshot counted) {
    return snapshot(version, (arm, learned) -> intercepts.of(arm, counted.of(arm.item()), learned));
  }

  private ArmsSnapshot snapshot(
      String version, BiFunction<Arm, ArmEvidence, Intercept> intercepts) {
    return new ArmsSnapshot(version, prior, unseen, arms, intercepts);
  }
}
