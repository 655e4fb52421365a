package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How long each reward may follow its impression. */
final class RewardWindows {
  private final DomainDefinitions domains;
  private final Duration usual;

  /**
   * @param usual of rewards without a window of their own
   */
  RewardWindows(DomainDefinitions domains, Duration usual) {
    if (usual.toMillis() < 1) {
      throw new IllegalArgumentException("reward window must be at least 1 ms, was " + usual);
    }
    this.domains = domains;
    this.usual = usual;
  }

  /** The domain's rewards by rising window; the usual one of a domain that is not known. */
  List<RewardDefinition> rewards(String domain) {
    return domains
        .named(domain)
        .map(DomainDefinition::rewards)
        .orElse(List.of(RewardDefinition.POSITIVE))
        .stream()
        .sorted(Comparator.comparingLong(this::of))
        .toList();
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
