package dev.thaw.evaluation.replay;

import com.google.common.base.Suppliers;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.serving.pipeline.ServedPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The chances that a configuration gives the eligible arms of a decision, by serving's own policy
 * and priors. Items nothing is known of are not marked in a log: they have the prior of their place
 * like any other.
 */
public final class RebuiltChances {
  /** Made when it is asked: of policies that look at users there is none. */
  private final Supplier<ExplorationPolicy<PosteriorSnapshot>> policy;

  private final int shortlist;

  public RebuiltChances(ServingConfig config) {
    this.policy = Suppliers.memoize(() -> ServedPolicy.counting(config));
    this.shortlist = config.shortlist();
  }

  /**
   * Of the first slot.
   *
   * @param eligible arms, the best first
   * @param time epoch milliseconds
   * @param random used up by policies that draw from posteriors
   * @return in the order of the eligible arms, sum 1; 0 behind the shortlist
   */
  public double[] of(
      List<ItemId> eligible, long time, PosteriorsOverTime.Known known, SplittableRandom random) {
    double[] chances = policy.get().probabilities(decision(eligible, time, known), random);
    return Arrays.copyOf(chances, eligible.size());
  }

  /** Draws into slots, as serving does. */
  public BanditDecision draw(
      List<ItemId> eligible,
      long time,
      PosteriorsOverTime.Known known,
      int slots,
      SplittableRandom random) {
    return SlotSampler.choose(policy.get(), decision(eligible, time, known), slots, random);
  }

  private Decision<PosteriorSnapshot> decision(
      List<ItemId> eligible, long time, PosteriorsOverTime.Known known) {
    int arms = Math.min(eligible.size(), shortlist);
    List<Arm> among = new ArrayList<>(arms);
    for (int place = 0; place < arms; place++) {
      among.add(
          new Arm(eligible.get(place), ArmPriors.DEFAULT.at(place, arms, known.rewardRate())));
    }
    return Decision.of(known.posteriors(), among, time);
  }
}
