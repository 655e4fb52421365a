package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long each reward may follow its impression. Immutable. */
final class RewardWindows {
  private static final List<RewardDefinition> USUAL = List.of(RewardDefinition.POSITIVE);

  private final Map<String, List<RewardDefinition>> byDomain = new HashMap<>();
  private final Duration usual;

  /**
   * @param usual of rewards without a window of their own
   */
  RewardWindows(DomainDefinitions domains, Duration usual) {
    if (usual.toMillis() < 1) {
      throw new IllegalArgumentException("reward window must be at least 1 ms, was " + usual);
    }
    this.usual = usual;
    for (DomainDefinition each : domains.all()) {
      byDomain.put(
          each.name().value(),
          each.rewards().stream().sorted(Comparator.comparingLong(this::of)).toList());
    }
  }

  /** The domain's rewards by rising window; the usual one of a domain that is not known. */
  List<RewardDefinition> rewards(String domain) {
    return byDomain.getOrDefault(domain, USUAL);
  }

  /** Milliseconds. */
  long of(RewardDefinition reward) {
    return reward.window(usual).toMillis();
  }

  /** The longest of a domain's rewards, milliseconds. */
  long longest(String domain) {
    List<RewardDefinition> byWindow = rewards(domain);
    return of(byWindow.get(byWindow.size() - 1));
  }
}
