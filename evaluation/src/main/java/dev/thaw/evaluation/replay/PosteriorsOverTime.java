package dev.thaw.evaluation.replay;

import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.statistics.ArmPosterior;
import dev.thaw.models.statistics.SettledSlot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posteriors as they were at each decision, learned again from the log the way {@code
 * arm-posteriors} learns them: of the bandit's slots, each once its reward window has closed. A
 * snapshot is taken where a posterior version is first logged, which is when serving took it up.
 * Evidence from before the log is not there. Decisions must be asked in order of time; not
 * thread-safe.
 */
public final class PosteriorsOverTime {
  /** Servers refresh at different moments: so many of their versions are in use at once. */
  private static final int KEPT = 64;

  private final List<SettledSlot> settled;
  private final Map<ItemId, ArmPosterior> arms = new HashMap<>();
  private final Map<String, PosteriorSnapshot> snapshots =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PosteriorSnapshot> eldest) {
          return size() > KEPT;
        }
      };
  private int next;

  /**
   * @param settled slots of the bandit, in order of settling; may grow while this is asked
   */
  public PosteriorsOverTime(List<SettledSlot> settled) {
    this.settled = settled;
  }

  /** Those that a decision was made on. */
  PosteriorSnapshot at(Impression decision) {
    return at(decision.posteriorVersion(), decision.time().toEpochMilli());
  }

  /**
   * @param version of the posteriors
   * @param time of the decision, epoch milliseconds
   */
  public PosteriorSnapshot at(String version, long time) {
    PosteriorSnapshot known = snapshots.get(version);
    if (known == null) {
      known = snapshot(version, time);
      snapshots.put(version, known);
    }
    return known;
  }

  private PosteriorSnapshot snapshot(String version, long time) {
    while (next < settled.size() && settled.get(next).settledAt() <= time) {
      SettledSlot slot = settled.get(next++);
      arms.computeIfAbsent(slot.itemId(), first -> new ArmPosterior()).add(slot);
    }
    Map<ItemId, ArmEvidence> evidence = new HashMap<>(2 * arms.size());
    arms.forEach((item, arm) -> evidence.put(item, new ArmEvidence(arm.impressions, arm.rewards)));
    return new PosteriorSnapshot(version, evidence);
  }
}
