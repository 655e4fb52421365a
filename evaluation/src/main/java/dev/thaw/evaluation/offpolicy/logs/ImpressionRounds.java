package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.ArmSet;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.statistics.SettledSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers items, users and stages, and makes rounds of impressions. Not thread-safe. */
final class ImpressionRounds {
  private final Map<ItemId, Integer> items = new HashMap<>();
  private final Map<UserId, Integer> users = new HashMap<>();
  private final Map<String, Integer> stages = new HashMap<>();
  private final Map<List<ItemId>, ArmSet> sets = new HashMap<>();

  /**
   * @param drawn slots of the impression that the bandit drew, in their order
   * @param settled all slots of it
   * @throws IllegalArgumentException if an item was drawn that was not eligible
   */
  LoggedRound of(Impression impression, List<Impression.Slot> drawn, List<SettledSlot> settled) {
    List<ItemId> eligible = impression.eligible();
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
      double reward = reward(slot, settled);
      slots.add(
          slots.isEmpty()
              ? LoggedSlot.first(arm, slot.propensity(), reward)
              : LoggedSlot.later(arm, slot.propensity(), reward));
    }
    ArmSet arms =
        sets.computeIfAbsent(
            eligible, ids -> ArmSet.of(ids.stream().mapToInt(id -> number(items, id)).toArray()));
    return LoggedRound.of(
        number(users, impression.userId()), number(stages, impression.stage()), arms, slots);
  }

  private static double reward(Impression.Slot slot, List<SettledSlot> settled) {
    return settled.stream()
        .filter(each -> each.slot() == slot.slot())
        .mapToDouble(SettledSlot::reward)
        .sum();
  }

  private static <T> int number(Map<T, Integer> numbers, T each) {
    return numbers.computeIfAbsent(each, first -> numbers.size());
  }
}
