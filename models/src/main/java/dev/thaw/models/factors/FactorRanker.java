package dev.thaw.models.factors;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;

/**
 * Ranks by a factor model with the user folded in.
 *
 * @param name of the trainer
 */
public record FactorRanker(String name, FactorModel model) implements Ranker {
  @Override
  public ItemDictionary items() {
    return model.items();
  }

  @Override
  public void score(History history, float[] out) {
    model.score(model.foldIn(history), out);
  }
}
