package dev.thaw.featuredefinitions.vocabulary;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one answer showed and by which chances, complete enough for off-policy evaluation.
 *
 * @param configVersion names the serving configuration: policy and parameters of the bandit's slots
 *     in words, before them {@value #UNSUPPORTED} where its propensities can't be reweighted, and a
 *     hash of all that decides
 * @param modelVersion the artefact set that scored
 * @param posteriorVersion the immutable snapshot the bandit drew from
 * @param eligible the arms the bandit could have chosen
 * @param stage stage of the user, {@code 0}, {@code 1-2}, {@code 3-19} or {@code 20+}
 * @param method the routing method that answered
 * @param fallbacks methods tried before it, in order
 * @param degraded dependencies that were down, slow or stale
 * @param assignment the configuration that answered, where an experiment runs
 * @param features what the policy of the bandit's slots knew of the user
 */
public record Impression(
    RequestId requestId,
    UserId userId,
    DomainId domain,
    Instant time,
    String configVersion,
    String modelVersion,
    String posteriorVersion,
    Map<String, String> context,
    EligibleArms eligible,
    List<Slot> slots,
    String stage,
    String method,
    List<String> fallbacks,
    List<String> degraded,
    Assignment assignment,
    DecisionFeatures features) {
  /** What the configuration's version begins with where some arm may have had no chance. */
  public static final String UNSUPPORTED = "unsupported:";

  public Impression {
    context = Map.copyOf(context);
    slots = List.copyOf(slots);
    fallbacks = List.copyOf(fallbacks);
    degraded = List.copyOf(degraded);
  }

  /** Whether every eligible arm had a chance, so that the answer can be reweighted. */
  public boolean supportsPropensities() {
    return !configVersion.startsWith(UNSUPPORTED);
  }

  /**
   * One shown item.
   *
   * @param propensity probability of this item in this slot given the slots before it; 1 for
   *     deterministic slots
   * @param source what proposed the item, such as {@value #BANDIT}, {@code factors}, {@code
   *     content}
   */
  public record Slot(int slot, ItemId itemId, double score, double propensity, String source) {
    /** The source of slots that the bandit drew. */
    public static final String BANDIT = "bandit";

    public Slot {
      if (!(propensity > 0 && propensity <= 1)) {
        throw new IllegalArgumentException("propensity must be in (0, 1], was " + propensity);
      }
    }
  }
}
