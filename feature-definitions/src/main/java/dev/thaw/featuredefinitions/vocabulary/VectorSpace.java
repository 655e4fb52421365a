package dev.thaw.featuredefinitions.vocabulary;

/**
 * Where a vector lives. Vectors of different spaces must never be compared: readers refuse or treat
 * them as missing.
 *
 * @param name {@code content}, {@code factors.movies}, ...
 * @param modelVersion version of the model that produced the vectors
 * @param dimension number of components, 1 to 4096
 */
public record VectorSpace(String name, String modelVersion, int dimension, Metric metric) {
  public static final int MAX_DIMENSION = 4096;

  public VectorSpace {
    Ids.check("space", name);
    Ids.check("model_version", modelVersion);
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension must be in [1, " + MAX_DIMENSION + "], was " + dimension);
    }
  }

  /** {@code name@modelVersion}, the form stored beside vectors. */
  public String key() {
    return name + "@" + modelVersion;
  }

  /**
   * @throws IllegalArgumentException naming both spaces if {@code other} is not this one
   */
  public void requireSame(VectorSpace other) {
    if (!equals(other)) {
      throw new IllegalArgumentException("vector of space " + other + " where " + this + " is");
    }
  }
}
