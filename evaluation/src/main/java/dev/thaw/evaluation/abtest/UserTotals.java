package dev.thaw.evaluation.abtest;

import dev.thaw.models.statistics.SettledSlot;
import java.util.List;

/**
 * What one user was shown and gave back.
 *
 * @param successes requests with any reward
 * @param shown items of all requests
 * @param clicks of them, with a reward
 * @param rewards sum over them
 */
record UserTotals(int requests, int successes, int shown, int clicks, double rewards) {
  static final UserTotals NONE = new UserTotals(0, 0, 0, 0, 0);

  /** With one more request. */
  UserTotals plus(List<SettledSlot> slots) {
    int rewarded = (int) slots.stream().filter(slot -> slot.reward() > 0).count();
    return new UserTotals(
        requests + 1,
        successes + (rewarded > 0 ? 1 : 0),
        shown + slots.size(),
        clicks + rewarded,
        rewards + slots.stream().mapToDouble(SettledSlot::reward).sum());
  }
}
