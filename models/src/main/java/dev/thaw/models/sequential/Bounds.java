package dev.thaw.models.sequential;

/** What parameters of networks and of their training may be. */
final class Bounds {
  private Bounds() {}

  static void requireIn(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " must be in [1, " + most + "], was " + value);
    }
  }

  static void requireSteps(
      double dropout, double learningRate, double decay, int batch, int epochs, int patience) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), was " + dropout);
    }
    if (!(learningRate > 0) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "needs learningRate > 0 and decay >= 0, was " + learningRate + ", " + decay);
    }
    requireIn("batch", batch, Integer.MAX_VALUE);
    requireIn("epochs", epochs, Integer.MAX_VALUE);
    requireIn("patience", patience, Integer.MAX_VALUE);
  }
}
