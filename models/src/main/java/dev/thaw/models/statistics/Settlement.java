package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.statistics.ImpressionRewards.Shown;
import java.util.ArrayList;
import java.util.List;

/** Slots settle for each reward when event time reaches the end of its window. Immutable. */
final class Settlement {
  private final DomainDefinitions domains;
  private final RewardWindows windows;

  Settlement(DomainDefinitions domains, RewardWindows windows) {
    this.domains = domains;
    this.windows = windows;
  }

  /** What settles now, each slot exactly once for each reward. */
  List<SettledSlot> due(ImpressionRewards state, long watermark) {
    String requestId = state.requestId;
    if (requestId == null) {
      return List.of();
    }
    List<SettledSlot> settled = new ArrayList<>();
    for (RewardDefinition reward : windows.rewards(state.domain)) {
      long window = windows.of(reward);
      if (watermark >= state.shownAt + window && state.settled.add(reward.name())) {
        settle(state, RequestId.of(requestId), reward.name(), window, settled);
      }
    }
    return settled;
  }

  private void settle(
      ImpressionRewards state,
      RequestId request,
      String reward,
      long window,
      List<SettledSlot> into) {
    DomainId domain = state.domain.isEmpty() ? usual() : DomainId.of(state.domain);
    for (Shown shown : state.shown) {
      into.add(
          new SettledSlot(
              request,
              domain,
              ItemId.of(shown.itemId()),
              shown.slot(),
              shown.source(),
              shown.propensity(),
              reward,
              shown.earned().amount(reward),
              state.shownAt,
              state.shownAt + window,
              state.assignment,
              state.features));
    }
  }

  /** Of a state that does not say: a domain whose reward is the one that all had then. */
  private DomainId usual() {
    return domains.all().stream()
        .filter(each -> each.rewards().contains(RewardDefinition.POSITIVE))
        .findFirst()
        .orElse(domains.all().get(0))
        .name();
  }

  /** The watermark at which the next reward settles; {@code Long.MAX_VALUE}: all have. */
  long next(ImpressionRewards state) {
    for (RewardDefinition each : windows.rewards(state.domain)) {
      if (!state.settled.contains(each.name())) {
        return state.shownAt + windows.of(each);
      }
    }
    return Long.MAX_VALUE;
  }
}
