package dev.thaw.serving.pipeline;

import dev.thaw.serving.catalogue.ServedItem;

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
}
