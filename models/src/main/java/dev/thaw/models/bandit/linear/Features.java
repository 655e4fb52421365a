package dev.thaw.models.bandit.linear;

/** Features as they are sent and as they are calculated with. */
final class Features {
  private Features() {}

  static double[] wide(float[] features) {
    double[] wide = new double[features.length];
    widen(features, wide);
    return wide;
  }

  static void widen(float[] features, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = features[j];
    }
  }
}
