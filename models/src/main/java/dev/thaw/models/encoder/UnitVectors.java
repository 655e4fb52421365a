package dev.thaw.models.encoder;

/** Vectors brought to length 1. */
final class UnitVectors {
  /** Of an item whose vector has none. */
  static final String NO_DIRECTION = "model gives no direction";

  private UnitVectors() {}

  /**
   * In place.
   *
   * @throws EncoderException if the vector has no direction
   */
  static void normalise(float[] vector) {
    if (!normaliseIfPossible(vector)) {
      throw new EncoderException(
          "model output must have a finite length above 0, had a square of " + square(vector));
    }
  }

  /**
   * In place.
   *
   * @return whether it could be done; a vector whose length is 0, within what a float can tell, or
   *     not finite has no direction and stays as it is
   */
  static boolean normaliseIfPossible(float[] vector) {
    float scale = (float) (1 / Math.sqrt(square(vector)));
    if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
      return false;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return true;
  }

  private static double square(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    return square;
  }
}
