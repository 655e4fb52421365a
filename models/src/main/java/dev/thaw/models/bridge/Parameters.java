package dev.thaw.models.bridge;

/** Parameters are trained in 64 bits and kept in 32. */
final class Parameters {
  private Parameters() {}

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** As it is after a write and a read. */
  static double[] rounded(double[] values) {
    return toDoubles(toFloats(values));
  }
}
