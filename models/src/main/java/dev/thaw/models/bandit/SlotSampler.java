package dev.thaw.models.bandit;

import dev.thaw.models.bandit.BanditDecision.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws arms into slots from a policy, for all policies alike: the first slot from q, the second
 * from q without the first arm, {@code p(a2 | a1) = q_a2 / (1 - q_a1)}, and so on. A deterministic
 * policy leaves nothing of q once its arm is taken; it is asked again for the arms that are left,
 * and the chances are those that it then gives.
 */
public final class SlotSampler {
  private SlotSampler() {}

  /**
   * Fewer slots than asked for if there are fewer arms.
   *
   * @param slots at least 1
   */
  public static <E extends EvidenceSnapshot> BanditDecision choose(
      ExplorationPolicy<E> policy, Decision<E> decision, int slots, SplittableRandom random) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be >= 1, was " + slots);
    }
    double[] left = policy.probabilities(decision, random);
    List<Choice> choices = new ArrayList<>(slots);
    for (int slot = 0; slot < Math.min(slots, decision.arms()); slot++) {
      if (sum(left) == 0) {
        left = askAgain(policy, decision, choices, random);
      }
      double total = sum(left);
      int arm = pick(left, random.nextDouble() * total);
      choices.add(
          new Choice(
              slot, arm, decision.eligible().get(arm).item(), Math.min(1, left[arm] / total)));
      left[arm] = 0;
    }
    return new BanditDecision(decision.evidence().version(), policy.version(), choices);
  }

  private static <E extends EvidenceSnapshot> double[] askAgain(
      ExplorationPolicy<E> policy,
      Decision<E> decision,
      List<Choice> taken,
      SplittableRandom random) {
    int[] gone = taken.stream().mapToInt(Choice::arm).sorted().toArray();
    Decision<E> rest = decision;
    for (int i = gone.length - 1; i >= 0; i--) {
      rest = rest.without(gone[i]);
    }
    double[] q = policy.probabilities(rest, random);
    double[] all = new double[decision.arms()];
    for (int arm = 0, skipped = 0; arm < all.length; arm++) {
      if (skipped < gone.length && gone[skipped] == arm) {
        skipped++;
      } else {
        all[arm] = q[arm - skipped];
      }
    }
    return all;
  }

  private static double sum(double[] mass) {
    double total = 0;
    for (double each : mass) {
      total += each;
    }
    return total;
  }

  private static int pick(double[] mass, double point) {
    double below = 0;
    int last = -1;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        below += mass[i];
        last = i;
        if (point < below) {
          return i;
        }
      }
    }
    return last;
  }
}
