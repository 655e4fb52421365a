package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.snapshot.DomainRanks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posteriors as they were at each decision, learned again from the log the way {@code
 * arm-posteriors} and serving learn them: of the bandit's slots, each once its reward window has
 * closed, without what other configurations of the same experiment showed. A snapshot is taken
 * where a posterior version is first logged, which is when serving took it up. Evidence from before
 * the log is not there. Decisions must be asked in order of time; not thread-safe.
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

  private final Map<String, Known> snapshots =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > KEPT;
        }
      };
  private int next;

  /**
   * What a decision was made on.
   *
   * @param rewardRate that priors are made of
   */
  public record Known(PosteriorSnapshot posteriors, double rewardRate) {}

  /**
   * @param settled slots of any source, in order of settling; may grow while this is asked
   * @param own which configuration learns
   * @param fading of the reward
   */
  public PosteriorsOverTime(List<SettledSlot> settled, Assignment own, Fading fading) {
    this.settled = settled;
    this.own = own;
    this.learned = new CountLearner(item -> true, fading);
    this.everywhere = new CountLearner(item -> true, fading);
  }

  Known at(Impression decision) {
    return at(decision.posteriorVersion(), decision.time().toEpochMilli());
  }

  /**
   * @param version of the posteriors
   * @param time of the decision, epoch milliseconds
   */
  public Known at(String version, long time) {
    Known known = snapshots.get(version);
    if (known == null) {
      known = learnedBy(version, time);
      snapshots.put(version, known);
    }
    return known;
  }

  private Known learnedBy(String version, long time) {
    while (next < settled.size() && settled.get(next).settledAt() <= time) {
      SettledSlot slot = settled.get(next++);
      if (slot.source().equals(Impression.Slot.BANDIT)) {
        learn(slot, everywhere);
        if (isOwn(slot.assignment())) {
          learn(slot, learned);
        }
      }
    }
    // as of the newest evidence, as serving's snapshots are: nothing fades while nothing comes
    return new Known(
        learned.snapshot(version, Fading.NEVER).counts(),
        DomainRanks.rewardRate(everywhere.snapshot(version, Fading.NEVER).counts()));
  }

  private boolean isOwn(Assignment shownBy) {
    return own.isNone() || shownBy.equals(own) || !shownBy.experiment().equals(own.experiment());
  }

  private static void learn(SettledSlot slot, CountLearner learner) {
    learner.observe(slot.itemId(), NO_FEATURES, slot.reward(), slot.settledAt());
  }
}
