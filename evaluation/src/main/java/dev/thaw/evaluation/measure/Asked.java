package dev.thaw.evaluation.measure;

import java.util.Set;

/**
 * What a list is asked for.
 *
 * @param hidden numbers of the items that are not ranked
 * @param relevant numbers of the items that count as hits, none of them hidden
 */
public record Asked(Set<Integer> hidden, Set<Integer> relevant) {
  public Asked {
    hidden = Set.copyOf(hidden);
    relevant = Set.copyOf(relevant);
  }
}
