package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.ArmSet;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.statistics.SettledSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers items, users and stages, and makes rounds of impressions. Items are kept as numbers, as
 * each of many impressions names up to {@value EligibleArms#MAX}. Not thread-safe.
 */
final class ImpressionRounds {
  private final Map<ItemId, Integer> items = new HashMap<>();
  private final Map<UserId, Integer> users = new HashMap<>();
  private final Map<String, Integer> stages = new HashMap<>();

  /**
   * An impression whose rewards are not known yet.
   *
   * @param unrewarded the round as it is without any
   * @param slots of the answer that the round's slots stood in
   */
  record Drawn(long timeMillis, LoggedRound unrewarded, List<Integer> slots) {
    Drawn {
      slots = List.copyOf(slots);
    }

    /**
     * @param settled all slots of the impression
     */
    LoggedRound rewarded(List<SettledSlot> settled) {
      List<LoggedSlot> rewarded = new ArrayList<>();
      for (int i = 0; i < slots.size(); i++) {
        int slot = slots.get(i);
        double reward =
            settled.stream()
                .filter(each -> each.slot() == slot)
                .mapToDouble(SettledSlot::reward)
                .sum();
        rewarded.add(unrewarded.slots().get(i).earning(reward));
      }
      return LoggedRound.of(
          unrewarded.cluster(), unrewarded.segment(), unrewarded.eligible(), rewarded);
    }
  }

  /**
   * @param drawn slots of the impression that the bandit drew, in their order, at least one
   * @throws IllegalArgumentException if an item was drawn that was not eligible
   */
  Drawn of(Impression impression, List<Impression.Slot> drawn) {
    List<ItemId> eligible = impression.eligible().items();
    List<LoggedSlot> slots = new ArrayList<>();
    for (Impression.Slot slot : drawn) {
      if (!eligible.contains(slot.itemId())) {
        throw new IllegalArgumentException(
            "drawn item must be one of the "
                + eligible.size()
                + " eligible, was \""
                + slot.itemId().value()
                + '"');
      }
      int arm = number(items, slot.itemId());
      slots.add(
          slots.isEmpty()
              ? LoggedSlot.first(arm, slot.propensity(), 0)
              : LoggedSlot.later(arm, slot.propensity(), 0));
    }
    ArmSet arms = ArmSet.of(eligible.stream().mapToInt(id -> number(items, id)).toArray());
    return new Drawn(
        impression.time().toEpochMilli(),
        LoggedRound.of(
            number(users, impression.userId()), number(stages, impression.stage()), arms, slots),
        drawn.stream().map(Impression.Slot::slot).toList());
  }

  private static <T> int number(Map<T, Integer> numbers, T each) {
    return numbers.computeIfAbsent(each, first -> numbers.size());
  }
}
