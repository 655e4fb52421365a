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
 * <p>All of the covariance is kept of so many arms at most: those whose sums have seen most
 * impressions, faded ones included, of equals those whose ids come first. Of the others its
 * diagonal is. Mutable; belongs to one thread; snapshots don't change.
 */
public final class LinearPosteriors {
  private final LinearPrior prior;
  private final int most;
  private final ArmsSnapshot.Known unseen;
  private final Map<ItemId, ArmsSnapshot.Known> arms = new HashMap<>();

  /** With all of the covariance; the first is the first to lose it. */
  private final TreeSet<Full> full =
      new TreeSet<>(
          Comparator.comparingLong(Full::shown)
              .thenComparing(Full::arm, Comparator.reverseOrder()));

  /** How many have lost it, or never had it, since there are others that were shown more. */
  private int narrowed;

  private boolean incomplete;

  /**
   * @param narrow the same arm without all of its covariance
   */
  private record Full(ItemId arm, long shown, ArmsSnapshot.Known narrow) {}

  private LinearPosteriors(LinearPrior prior, int most) {
    this.prior = prior;
    this.most = most;
    RidgePosterior ridge = new RidgeStatistics(prior, Fading.NONE).posterior(Fading.NEVER);
    this.unseen =
        new ArmsSnapshot.Known(
            most > 0 ? ridge : LinearSums.of(prior.dimension()).diagonal(prior, ridge),
            ArmEvidence.NONE,
            0,
            Fading.NEVER,
            Repairs.NONE);
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
    ArmsSnapshot.Known before = arms.getOrDefault(arm, unseen);
    boolean wasFull = leave(arm);
    boolean others = narrowed > 0;
    if (statistics.repairs().equals(Repairs.NONE)) {
      add(arm, sums, statistics.posterior(sums.frontier()));
    } else {
      // teaches nothing: a mean without its precision would be certain of it
      arms.put(
          arm,
          new ArmsSnapshot.Known(
              unseen.posterior(), ArmEvidence.NONE, 0, Fading.NEVER, statistics.repairs()));
    }
    incomplete |= wasFull && others && arms.getOrDefault(arm, unseen).shown() < before.shown();
  }

  private void add(ItemId arm, LinearSums sums, RidgePosterior ridge) {
    ArmsSnapshot.Known narrow = known(sums, sums.diagonal(prior, ridge));
    if (most == 0) {
      arms.put(arm, narrow);
      return;
    }
    arms.put(arm, known(sums, ridge));
    full.add(new Full(arm, narrow.shown(), narrow));
    if (full.size() > most) {
      Full last = full.first();
      full.remove(last);
      narrowed++;
      arms.put(last.arm, last.narrow);
    }
  }

  private static ArmsSnapshot.Known known(LinearSums sums, WeightsPosterior posterior) {
    return new ArmsSnapshot.Known(
        posterior, sums.counts(), sums.impressions(), sums.frontier(), Repairs.NONE);
  }

  /**
   * @return whether all of its covariance was kept
   */
  private boolean leave(ItemId arm) {
    ArmsSnapshot.Known known = arms.remove(arm);
    if (known == null || most == 0) {
      return false;
    }
    boolean wasFull = full.remove(new Full(arm, known.shown(), known));
    if (!wasFull && known.repairs().equals(Repairs.NONE)) {
      narrowed--;
    }
    return wasFull;
  }

  /** The arm is as the prior says from here on. */
  public void remove(ItemId arm) {
    incomplete |= leave(arm) && narrowed > 0;
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
    return snapshot(version, (arm, known) -> zero);
  }

  /**
   * With intercepts that begin at what is known of an arm without features.
   *
   * @param version names the snapshot in impression records
   * @param counted all that showing arms earned, what the sums hold included
   * @param asOf to when that has faded, epoch milliseconds
   */
  public ArmsSnapshot snapshot(
      String version,
      InterceptPriors intercepts,
      PosteriorSnapshot counted,
      long asOf,
      Fading fading) {
    return snapshot(
        version,
        (arm, known) -> intercepts.of(arm, counted.of(arm.item()), known.learned(asOf, fading)));
  }

  private ArmsSnapshot snapshot(
      String version, BiFunction<Arm, ArmsSnapshot.Known, Intercept> intercepts) {
    return new ArmsSnapshot(version, prior, unseen, arms, intercepts);
  }
}
