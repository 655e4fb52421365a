package dev.thaw.evaluation.replay;

import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of a configuration that did not write it.
 *
 * @param logged the configuration that wrote it
 * @param asked the one that is asked about
 * @param decisions settled answers of the former with slots of the bandit
 * @param missing of them, by the reason why they say nothing of the latter
 * @param missingMass share of the latter's choices that the log can't answer for, in [0, 1]: all of
 *     an answer that says nothing
 * @param verdict identifiable and how reliable, or not identifiable
 * @param rebuilt effective share of the log when the configuration that wrote it is itself
 *     replayed, in (0, 1]: 1 where its chances were rebuilt to the last digit; null if that can't
 *     be done
 * @param estimates null where not identifiable
 */
public record ReplayResult(
    String logged,
    String asked,
    int decisions,
    Map<String, Integer> missing,
    double missingMass,
    String verdict,
    @Nullable Double rebuilt,
    @Nullable OffPolicyResult estimates) {
  public ReplayResult {
    missing = Collections.unmodifiableMap(new TreeMap<>(missing));
  }

  public boolean isIdentifiable() {
    return estimates != null;
  }
}
