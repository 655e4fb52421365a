package dev.thaw.evaluation.methods;

import dev.thaw.models.history.History;
import java.util.List;

/**
 * The sum of several scores, each brought to mean zero and variance one over the catalogue. Weights
 * are equal: those chosen on a few hundred users would vary more than they gain.
 */
record StackedScores(List<SourceScores> parts) implements SourceScores {
  @Override
  public void score(History history, float[] out) {
    float[] sum = new float[out.length];
    for (SourceScores part : parts) {
      part.score(history, out);
      addStandardised(out, sum);
    }
    System.arraycopy(sum, 0, out, 0, out.length);
  }

  /** Scores that are all alike add nothing. */
  private static void addStandardised(float[] scores, float[] sum) {
    double mean = 0;
    double square = 0;
    for (float score : scores) {
      mean += score / scores.length;
    }
    for (float score : scores) {
      square += (score - mean) * (score - mean) / scores.length;
    }
    if (square > 0) {
      for (int i = 0; i < scores.length; i++) {
        sum[i] += (float) ((scores[i] - mean) / Math.sqrt(square));
      }
    }
  }
}
