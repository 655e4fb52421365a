package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.models.factors.UserVector;
import java.util.Map;

/**
 * What one user's adaptation changed: enough to score items without a gradient step. The user's
 * half of the first layer stands in for profile and user weights. Immutable, thread-safe.
 *
 * <p>Stored: 4 * (rank + hidden + layers) bytes and some forty more; 17.2 KB for the compact
 * variant with 64 hidden units.
 */
public final class AdaptedLayers {
  private static final String META_VERSION = "meta_version";
  private static final String LAYERS = "layers";
  private static final String USER_HALF = "user_half";
  private static final String BASE_VECTOR = "base_vector";
  private static final String BASE_BIAS = "base_bias";

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

  /** As features of the view {@code user_adapted}. */
  public Map<String, FeatureValue> features() {
    return Map.of(
        META_VERSION, new FeatureValue.Text(metaVersion),
        LAYERS, FeatureValue.Float32s.copyOf(layers),
        USER_HALF, FeatureValue.Float32s.copyOf(userHalf),
        BASE_VECTOR, FeatureValue.Float32s.copyOf(base.vector()),
        BASE_BIAS, new FeatureValue.Float64(base.bias()));
  }

  /**
   * Reads a row of the view {@code user_adapted}.
   *
   * @throws IllegalArgumentException if a feature is missing or a number is not finite
   */
  public static AdaptedLayers of(FeatureRow row) {
    if (row.get(META_VERSION).orElse(null) instanceof FeatureValue.Text version
        && row.get(LAYERS).orElse(null) instanceof FeatureValue.Float32s layers
        && row.get(USER_HALF).orElse(null) instanceof FeatureValue.Float32s userHalf
        && row.get(BASE_VECTOR).orElse(null) instanceof FeatureValue.Float32s vector
        && row.get(BASE_BIAS).orElse(null) instanceof FeatureValue.Float64 bias) {
      return new AdaptedLayers(
          version.value(),
          UserVector.copyOf(vector.toArray(), bias.value()),
          finite(USER_HALF, userHalf),
          finite(LAYERS, layers));
    }
    throw new IllegalArgumentException(
        "row of user_adapted must have meta_version, layers, user_half, base_vector and base_bias,"
            + " had "
            + row.features().keySet()
            + " for "
            + row.key());
  }

  private static float[] finite(String feature, FeatureValue.Float32s stored) {
    float[] values = stored.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            feature + " must be finite, number " + i + " was " + values[i]);
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return "AdaptedLayers[" + metaVersion + ", " + layers.length + " parameters]";
  }
}
