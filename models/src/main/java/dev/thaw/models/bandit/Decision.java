package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a policy decides on: one snapshot and the arms that may be shown, fixed from here on.
 *
 * @param eligible 1 to {@value EligibleArms#MAX} different arms
 * @param contexts features of the arms in their order; {@link Contexts#NONE} for policies that look
 *     at counts alone
 * @param time event time, epoch milliseconds
 */
public record Decision<E extends EvidenceSnapshot>(
    E evidence, List<Arm> eligible, Contexts contexts, long time) {
  public Decision {
    eligible = List.copyOf(eligible);
    if (eligible.isEmpty() || eligible.size() > EligibleArms.MAX) {
      throw new IllegalArgumentException(
          "eligible arms must be in [1, " + EligibleArms.MAX + "], were " + eligible.size());
    }
    Set<ItemId> seen = new HashSet<>(eligible.size() * 2);
    for (Arm arm : eligible) {
      if (!seen.add(arm.item())) {
        throw new IllegalArgumentException("eligible arms must differ, twice " + arm.item());
      }
    }
    contexts.requireFor(eligible.size());
  }

  /** Of a policy that looks at counts alone. */
  public static <E extends EvidenceSnapshot> Decision<E> of(
      E evidence, List<Arm> eligible, long time) {
    return new Decision<>(evidence, eligible, Contexts.NONE, time);
  }

  public int arms() {
    return eligible.size();
  }

  /** The same on other evidence. */
  public <F extends EvidenceSnapshot> Decision<F> on(F other) {
    return new Decision<>(other, eligible, contexts, time);
  }

  /** The same with one arm less, of at least two. */
  Decision<E> without(int arm) {
    List<Arm> left = new ArrayList<>(eligible);
    left.remove(arm);
    return new Decision<>(evidence, left, contexts.without(arm), time);
  }
}
