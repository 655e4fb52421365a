package dev.thaw.models.meta;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.UserVector;

/**
 * What one user's adaptation changed: enough to score items without a gradient step. The user's
 * half of the first layer stands in for profile and user weights. Immutable, thread-safe.
 *
 * <p>Stored: 4 * (hidden + layers) bytes and some twenty more; 17.2 KB for the compact variant with
 * 64 hidden units.
 */
public final class AdaptedLayers {
  private static final int FORMAT = 1;

  private final String metaVersion;
  private final UserVector base;
  private final float[] userHalf;
  private final float[] layers;

  AdaptedLayers(String metaVersion, UserVector base, float[] userHalf, float[] layers) {
    this.metaVersion = metaVersion;
    this.base = base;
    this.userHalf = userHalf;
    this.layers = layers;
  }

  /** Of the model that was adapted; only this one can use them. */
  public String metaVersion() {
    return metaVersion;
  }

  /** What the base knows of the user. */
  public UserVector base() {
    return base;
  }

  double[] userHalf() {
    return widened(userHalf);
  }

  /** Tail of the decision layers. */
  double[] layers() {
    return widened(layers);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(64 + 4 * (userHalf.length + layers.length));
    out.writeByte(FORMAT).writeText(metaVersion).writeDouble(base.bias());
    FloatArrays.write(out, base.vector());
    FloatArrays.write(out, userHalf);
    FloatArrays.write(out, layers);
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static AdaptedLayers of(byte[] bytes) {
    BinaryReader in = new BinaryReader("adapted layers", bytes);
    in.expect(FORMAT, "format");
    String version = in.readText();
    double bias = in.readDouble();
    if (!Double.isFinite(bias)) {
      throw in.damaged("bias " + bias);
    }
    AdaptedLayers layers =
        new AdaptedLayers(
            version,
            UserVector.copyOf(FloatArrays.read(in), bias),
            FloatArrays.read(in),
            FloatArrays.read(in));
    in.requireEnd();
    return layers;
  }

  @Override
  public String toString() {
    return "AdaptedLayers[" + metaVersion + ", " + layers.length + " parameters]";
  }
}
