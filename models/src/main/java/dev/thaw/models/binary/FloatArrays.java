package dev.thaw.models.binary;

/** Arrays of floats after their length. */
public final class FloatArrays {
  private FloatArrays() {}

  /** Each to the nearest float. */
  public static float[] rounded(double... values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  public static void write(BinaryWriter out, float[] values) {
    out.writeCount(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /**
   * @throws IllegalArgumentException if a value is not finite
   */
  public static float[] read(BinaryReader in) {
    float[] values = new float[in.readSize(4)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
      if (!Float.isFinite(values[i])) {
        throw in.damaged("number " + i + " is " + values[i]);
      }
    }
    return values;
  }
}
