package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.pipeline.Shortlist;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Of policies that look at the user: LinUCB (Li et al., WWW 2010, equation 5) and linear Thompson
 * sampling (Agrawal and Goyal, ICML 2013) as they are written there, by none of the code that
 * serves or replays them but for the priors of places. Nothing fades, and no arm is a newcomer.
 */
final class TextbookDrawer implements Drawer {
  private final ServingConfig serving;
  private final BanditPolicyConfig policy;
  private final List<SettledSlot> settled;
  private final Map<ItemId, TextbookArm> arms = new HashMap<>();
  private String version = "";
  private int next;

  /** Pseudo-counts of the domain's rate: one reward in twenty. */
  private double impressions = 100;

  private double rewards = 5;

  /**
   * @param settled in order of settling; may grow while this decides
   * @throws IllegalArgumentException if newcomers have a share
   */
  TextbookDrawer(ReplayedConfiguration by, List<SettledSlot> settled) {
    this.serving = by.serving();
    this.policy = serving.banditPolicy();
    this.settled = settled;
    if (policy.newcomerShare() > 0) {
      throw new IllegalArgumentException(
          "newcomer_share of a contextual policy must be 0 here, was " + policy.newcomerShare());
    }
  }

  private void learn(Asked asked) {
    if (asked.version().equals(version)) {
      return;
    }
    version = asked.version();
    while (next < settled.size() && settled.get(next).settledAt() <= asked.time()) {
      SettledSlot slot = settled.get(next++);
      impressions++;
      rewards += slot.reward();
      arms.computeIfAbsent(slot.itemId(), first -> new TextbookArm())
          .observe(slot.features(), slot.reward());
    }
  }

  @Override
  public double[] chances(Asked asked, SplittableRandom random) {
    learn(asked);
    List<Arm> eligible = Shortlist.arms(asked.eligible(), rewards / impressions);
    double lambda = policy.parameter(BanditPolicyConfig.PRIOR_PRECISION);
    TextbookArm unseen = new TextbookArm();
    TextbookArm.Score[] scores =
        eligible.stream()
            .map(
                arm ->
                    arms.getOrDefault(arm.item(), unseen)
                        .score(arm.prior(), lambda, asked.features()))
            .toArray(TextbookArm.Score[]::new);
    double[] wins =
        policy.name().equals(BanditPolicyConfig.LIN_UCB) ? highest(scores) : wins(scores, random);
    double floor = serving.uniformFloor();
    return Arrays.stream(wins).map(win -> (1 - floor) * win + floor / wins.length).toArray();
  }

  /** Arms that nobody saw may have the same bound: they share what the highest gets. */
  private double[] highest(TextbookArm.Score[] scores) {
    double alpha = policy.parameter("alpha");
    double[] bounds =
        Arrays.stream(scores)
            .mapToDouble(each -> each.mean() + alpha * Math.sqrt(each.variance()))
            .toArray();
    double highest = Arrays.stream(bounds).max().orElseThrow();
    long best = Arrays.stream(bounds).filter(bound -> bound == highest).count();
    return Arrays.stream(bounds).map(bound -> bound == highest ? 1.0 / best : 0).toArray();
  }

  private double[] wins(TextbookArm.Score[] scores, SplittableRandom random) {
    double noise = policy.parameter("noise");
    double[] wins = new double[scores.length];
    for (int draw = 0; draw < serving.draws(); draw++) {
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int arm = 0; arm < scores.length; arm++) {
        double score =
            scores[arm].mean() + noise * Math.sqrt(scores[arm].diagonal()) * random.nextGaussian();
        if (score > highest) {
          highest = score;
          best = arm;
        }
      }
      wins[best] += 1.0 / serving.draws();
    }
    return wins;
  }

  @Override
  public BanditDecision draw(Asked asked, int slots, SplittableRandom random) {
    double[] chances = chances(asked, random);
    return SlotSampler.choose(
        new Given(chances),
        Decision.of(
            new PosteriorSnapshot(asked.version(), Map.of()),
            Shortlist.arms(asked.eligible(), rewards / impressions),
            asked.time()),
        slots,
        random);
  }

  /** Chances that are known. */
  private record Given(double[] chances) implements ExplorationPolicy<PosteriorSnapshot> {
    @Override
    public String version() {
      return "given";
    }

    @Override
    public boolean supportsPropensities() {
      return true;
    }

    @Override
    public double[] probabilities(Decision<PosteriorSnapshot> decision, SplittableRandom random) {
      return chances.clone();
    }
  }
}
