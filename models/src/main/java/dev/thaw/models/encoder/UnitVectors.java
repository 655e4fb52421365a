package dev.thaw.models.encoder;

/** Vectors brought to length 1. */
final class UnitVectors {
  private UnitVectors() {}

  /**
   * In place.
   *
   * @throws EncoderException if the length is 0 or not finite
   */
  static void normalise(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    if (!(square > 0 && square < Double.POSITIVE_INFINITY)) {
      throw new EncoderException("model output must have a finite length above 0, had " + square);
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
  }
}
