package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/**
 * Parameters of an {@link AnswerRegression}.
 *
 * @param ridge users without any correlation that the answers are shrunk by, above 0
 * @param questions most liked items whose answers it understands, at least 1
 */
public record AnswerRegressionConfig(double ridge, int questions) implements LikesConfig {
  /** Ridges from 5 to 100 differ by less than .003 of nDCG on MovieLens. */
  public static final AnswerRegressionConfig DEFAULT = new AnswerRegressionConfig(30, 500);

  public AnswerRegressionConfig {
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("ridge must be > 0, was " + ridge);
    }
    if (questions < 1) {
      throw new IllegalArgumentException("questions must be >= 1, were " + questions);
    }
  }

  /** It is shrunk by a number of observations, whatever there are of these. */
  @Override
  public AnswerRegressionConfig grown(Interactions chosenOn, Interactions data) {
    return this;
  }

  @Override
  public Map<String, String> toMap() {
    return Map.of(
        "similarity", AnswerRegression.NAME, "ridge", "" + ridge, "questions", "" + questions);
  }
}
