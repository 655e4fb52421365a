package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.DiscountedSnapshot;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.snapshot.DomainRanks;
import dev.thaw.serving.snapshot.LinearForm;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Posteriors as they were at each decision, learned again from the log the way {@code
 * arm-posteriors} and serving learn them: of the bandit's slots, each once its reward window has
 * closed, without what other configurations of the same experiment showed. A snapshot is taken
 * where a posterior version is first logged, which is when serving took it up; of linear rewards
 * where it is first logged with features of that space. Evidence from before the log is not there.
 * Decisions must be asked in order of time; not thread-safe.
 */
public final class PosteriorsOverTime {
  /** Servers refresh at different moments: so many of their versions are in use at once. */
  private static final int KEPT = 64;

  private static final float[] NO_FEATURES = new float[0];

  private final List<SettledSlot> settled;
  private final Assignment own;
  private final CountLearner learned;

  /** Of all configurations, as the base rate of priors is. */
  private final CountLearner everywhere;

  private final LinearSumsOverTime linear;
  private final Map<String, Counted> counted = Recent.atMost(KEPT);
  private final Map<Taken, Known> snapshots = Recent.atMost(KEPT);
  private int next;

  /**
   * What a decision was made on.
   *
   * @param rewardRate that priors are made of
   * @param linear by form, in the space of the decision's features; none where it has none
   */
  public record Known(
      PosteriorSnapshot posteriors, double rewardRate, Map<LinearForm, ArmsSnapshot> linear) {
    public Known {
      linear = Map.copyOf(linear);
    }

    /**
     * @throws IllegalArgumentException if the decision had no features, or the form was not asked
     *     for
     */
    ArmsSnapshot linear(LinearForm form) {
      ArmsSnapshot snapshot = linear.get(form);
      if (snapshot == null) {
        throw new IllegalArgumentException(
            "form must be one of " + linear.keySet() + ", was " + form);
      }
      return snapshot;
    }
  }

  private record Counted(DiscountedSnapshot own, double rewardRate) {}

  /** A version in a space. */
  private record Taken(String version, String space, int dimension) {}

  /**
   * @param settled slots of any source, in order of settling; may grow while this is asked
   * @param own which configuration learns
   * @param reward what is learned by
   * @param forms of linear posteriors that are asked for
   */
  public PosteriorsOverTime(
      List<SettledSlot> settled, Assignment own, RewardDefinition reward, Set<LinearForm> forms) {
    this.settled = settled;
    this.own = own;
    this.learned = new CountLearner(item -> true, Fading.of(reward));
    this.everywhere = new CountLearner(item -> true, Fading.of(reward));
    this.linear = new LinearSumsOverTime(reward, own, forms);
  }

  Known at(Impression decision) {
    return at(decision.posteriorVersion(), decision.features(), decision.time().toEpochMilli());
  }

  /**
   * @param version of the posteriors
   * @param features of the decision
   * @param time of the decision, epoch milliseconds
   */
  public Known at(String version, DecisionFeatures features, long time) {
    Counted counts = counted.get(version);
    if (counts == null) {
      counts = learnedBy(version, time);
      counted.put(version, counts);
    }
    Taken taken = new Taken(version, features.space(), features.values().size());
    Known known = snapshots.get(taken);
    if (known == null) {
      PosteriorSnapshot posteriors = counts.own().counts();
      known =
          new Known(
              posteriors,
              counts.rewardRate(),
              linear.at(features, posteriors, counts.own().time()));
      snapshots.put(taken, known);
    }
    return known;
  }

  private Counted learnedBy(String version, long time) {
    while (next < settled.size() && settled.get(next).settledAt() <= time) {
      SettledSlot slot = settled.get(next++);
      if (slot.source().equals(Impression.Slot.BANDIT)) {
        learn(slot, everywhere);
        if (isOwn(slot.assignment())) {
          learn(slot, learned);
        }
        linear.observe(slot);
      }
    }
    // as of the newest evidence, as serving's snapshots are: nothing fades while nothing comes
    return new Counted(
        learned.snapshot(version, Fading.NEVER),
        DomainRanks.rewardRate(everywhere.snapshot(version, Fading.NEVER).counts()));
  }

  private boolean isOwn(Assignment shownBy) {
    return own.isNone() || shownBy.equals(own) || !shownBy.experiment().equals(own.experiment());
  }

  private static void learn(SettledSlot slot, CountLearner learner) {
    learner.observe(slot.itemId(), NO_FEATURES, slot.reward(), slot.settledAt());
  }
}
