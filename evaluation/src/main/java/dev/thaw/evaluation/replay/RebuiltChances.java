package dev.thaw.evaluation.replay;

import com.google.common.base.Suppliers;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.serving.pipeline.ServedPolicy;
import dev.thaw.serving.pipeline.Shortlist;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The chances that a configuration gives the eligible arms of a decision, by serving's own policy
 * and priors. Where a log does not mark the items nothing is known of, they have the prior of their
 * place like any other.
 */
public final class RebuiltChances {
  /** Made when it is asked: of policies that look at users there is none. */
  private final Supplier<ExplorationPolicy<PosteriorSnapshot>> policy;

  private final double newcomerShare;
  private final Shortlist shortlist;

  public RebuiltChances(ServingConfig config) {
    this.policy = Suppliers.memoize(() -> ServedPolicy.counting(config));
    this.newcomerShare = config.banditPolicy().newcomerShare();
    this.shortlist = new Shortlist(config.shortlist());
  }

  /**
   * Of the first slot.
   *
   * @param time epoch milliseconds
   * @param random used up by policies that draw from posteriors
   * @return in the order of the eligible arms, sum 1; 0 of those that the shortlist leaves out
   */
  public double[] of(
      EligibleArms eligible, long time, PosteriorsOverTime.Known known, SplittableRandom random) {
    EligibleArms among = shortlist.of(eligible);
    double[] chances = policy(among).probabilities(decision(among, time, known), random);
    double[] all = new double[eligible.size()];
    int ranked = among.ranked().size();
    int newcomers = among.size() - ranked;
    System.arraycopy(chances, 0, all, 0, ranked);
    System.arraycopy(chances, ranked, all, eligible.ranked().size(), newcomers);
    return all;
  }

  /** Draws into slots, as serving does. */
  public BanditDecision draw(
      EligibleArms eligible,
      long time,
      PosteriorsOverTime.Known known,
      int slots,
      SplittableRandom random) {
    EligibleArms among = shortlist.of(eligible);
    return SlotSampler.choose(policy(among), decision(among, time, known), slots, random);
  }

  private ExplorationPolicy<PosteriorSnapshot> policy(EligibleArms among) {
    return ServedPolicy.withNewcomers(policy.get(), newcomerShare, among.unknown());
  }

  private static Decision<PosteriorSnapshot> decision(
      EligibleArms among, long time, PosteriorsOverTime.Known known) {
    return Decision.of(known.posteriors(), Shortlist.arms(among, known.rewardRate()), time);
  }
}
