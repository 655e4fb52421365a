package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.serving.pipeline.ServedPolicy;
import dev.thaw.serving.pipeline.Shortlist;
import dev.thaw.serving.snapshot.LinearForm;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The chances that a configuration gives the eligible arms of a decision, by serving's own policy
 * and priors. Where a log does not mark the items nothing is known of, they have the prior of their
 * place like any other.
 */
public final class RebuiltChances {
  private final Deciding<?> deciding;
  private final double newcomerShare;
  private final Shortlist shortlist;

  /**
   * @param evidence that the policy decides on
   * @param isContextual whether it looks at features of the user
   */
  private record Deciding<E extends EvidenceSnapshot>(
      ExplorationPolicy<E> policy,
      Function<PosteriorsOverTime.Known, E> evidence,
      boolean isContextual) {
    static Deciding<?> of(ServingConfig config) {
      return LinearForm.of(config.banditPolicy())
          .<Deciding<?>>map(
              form ->
                  new Deciding<>(ServedPolicy.linear(config), known -> known.linear(form), true))
          .orElseGet(
              () ->
                  new Deciding<>(
                      ServedPolicy.counting(config), PosteriorsOverTime.Known::posteriors, false));
    }

    double[] chances(Asked asked, double newcomerShare, SplittableRandom random) {
      return policy(asked, newcomerShare).probabilities(decision(asked), random);
    }

    BanditDecision draw(Asked asked, double newcomerShare, int slots, SplittableRandom random) {
      return SlotSampler.choose(policy(asked, newcomerShare), decision(asked), slots, random);
    }

    private ExplorationPolicy<E> policy(Asked asked, double newcomerShare) {
      return ServedPolicy.withNewcomers(policy, newcomerShare, asked.among().unknown());
    }

    private Decision<E> decision(Asked asked) {
      return new Decision<>(
          evidence.apply(asked.known()),
          Shortlist.arms(asked.among(), asked.known().rewardRate()),
          isContextual ? Contexts.shared(asked.features().toArray()) : Contexts.NONE,
          asked.time());
    }
  }

  /** A decision, among the arms of the configuration's own shortlist. */
  private record Asked(
      EligibleArms among, DecisionFeatures features, long time, PosteriorsOverTime.Known known) {}

  public RebuiltChances(ServingConfig config) {
    this.deciding = Deciding.of(config);
    this.newcomerShare = config.banditPolicy().newcomerShare();
    this.shortlist = new Shortlist(config.shortlist());
  }

  /**
   * Of the first slot.
   *
   * @param features of the user; none only of policies that look at counts alone
   * @param time epoch milliseconds
   * @param random used up by policies that draw from posteriors
   * @return in the order of the eligible arms, sum 1; 0 of those that the shortlist leaves out
   */
  public double[] of(
      EligibleArms eligible,
      DecisionFeatures features,
      long time,
      PosteriorsOverTime.Known known,
      SplittableRandom random) {
    EligibleArms among = shortlist.of(eligible);
    double[] chances =
        deciding.chances(new Asked(among, features, time, known), newcomerShare, random);
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
      DecisionFeatures features,
      long time,
      PosteriorsOverTime.Known known,
      int slots,
      SplittableRandom random) {
    return deciding.draw(
        new Asked(shortlist.of(eligible), features, time, known), newcomerShare, slots, random);
  }
}
