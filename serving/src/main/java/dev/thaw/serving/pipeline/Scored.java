package dev.thaw.serving.pipeline;

import dev.thaw.serving.catalogue.ServedItem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A candidate with its score.
 *
 * @param score larger is better; comparable among candidates of one source only
 * @param source what proposed it
 * @param gate weight of the learned vector in the item's, in [0, 1]; NaN where no vector scored
 */
public record Scored(ServedItem item, double score, String source, double gate) {
  public static Scored of(ServedItem item, double score, String source) {
    return new Scored(item, score, source, Double.NaN);
  }

  /** The items' numbers. */
  static Set<Integer> numbers(Collection<Scored> items) {
    Set<Integer> numbers = new HashSet<>(2 * items.size());
    items.forEach(each -> numbers.add(each.item().number()));
    return numbers;
  }
}
