package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;

/** Log popularity plus the sum of shrunken log-lifts of the history's items. */
public final class NaiveBayesRanker implements Ranker {
  private NaiveBayesRanker() {}

  /**
   * @param positives interactions that the user liked
   * @param shrinkage pseudo co-occurrences with which a lift is drawn towards 1
   */
  public static NaiveBayesRanker fit(Interactions positives, double shrinkage) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public String name() {
    return "naive-bayes";
  }

  @Override
  public ItemDictionary items() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void score(History history, float[] out) {
    throw new UnsupportedOperationException("not yet");
  }
}
