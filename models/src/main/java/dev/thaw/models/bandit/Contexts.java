package dev.thaw.models.bandit;

/**
 * The features that arms are judged by in one request: one vector for all of them (a user's, each
 * arm having weights of its own) or one for each. Immutable, thread-safe.
 */
public final class Contexts {
  /** Of policies that look at counts alone. */
  public static final Contexts NONE = new Contexts(new float[1][0], true);

  private final float[][] rows;
  private final boolean shared;

  private Contexts(float[][] rows, boolean shared) {
    this.rows = rows;
    this.shared = shared;
  }

  /**
   * The same for all arms.
   *
   * @param features length d, finite; copied
   */
  public static Contexts shared(float[] features) {
    requireFinite(features);
    return new Contexts(new float[][] {features.clone()}, true);
  }

  /**
   * One for each arm, in their order.
   *
   * @param rows all of one length d, finite; copied
   */
  public static Contexts each(float[][] rows) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "features of arm %d must be %d as those of arm 0, were %d"
                .formatted(i, rows[0].length, rows[i].length));
      }
      requireFinite(rows[i]);
      copy[i] = rows[i].clone();
    }
    return new Contexts(copy, false);
  }

  /**
   * @throws IllegalArgumentException naming the first that is not a finite number
   */
  public static void requireFinite(float[] features) {
    for (int j = 0; j < features.length; j++) {
      if (!Float.isFinite(features[j])) {
        throw new IllegalArgumentException("feature " + j + " must be finite, was " + features[j]);
      }
    }
  }

  /** d. */
  public int dimension() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  /** Features of an arm, not to be changed. */
  public float[] of(int arm) {
    return rows[shared ? 0 : arm];
  }

  /**
   * @throws IllegalArgumentException if there are not as many as arms
   */
  void requireFor(int arms) {
    if (!shared && rows.length != arms) {
      throw new IllegalArgumentException(
          "features must be given of each of " + arms + " arms, were of " + rows.length);
    }
  }

  /**
   * @throws IllegalArgumentException if d is not what a model was learned with
   */
  public void requireDimension(int d) {
    if (dimension() != d) {
      throw new IllegalArgumentException("features must be " + d + ", were " + dimension());
    }
  }

  Contexts without(int arm) {
    if (shared) {
      return this;
    }
    float[][] left = new float[rows.length - 1][];
    System.arraycopy(rows, 0, left, 0, arm);
    System.arraycopy(rows, arm + 1, left, arm, left.length - arm);
    return new Contexts(left, false);
  }
}
