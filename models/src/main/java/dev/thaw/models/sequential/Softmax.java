package dev.thaw.models.sequential;

/** Logits to probabilities. */
final class Softmax {
  private Softmax() {}

  /** The first n in place. */
  static void of(float[] logits, int n) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      highest = Math.max(highest, logits[i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      logits[i] = (float) Math.exp(logits[i] - highest);
      sum += logits[i];
    }
    float times = (float) (1 / sum);
    for (int i = 0; i < n; i++) {
      logits[i] *= times;
    }
  }
}
