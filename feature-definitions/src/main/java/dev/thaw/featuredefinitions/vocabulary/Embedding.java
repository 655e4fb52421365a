package dev.thaw.featuredefinitions.vocabulary;

import java.util.Arrays;

/** An immutable vector with the space it lives in. All components are finite. Thread-safe. */
public final class Embedding {
  private final VectorSpace space;
  private final float[] components;

  private Embedding(VectorSpace space, float[] components) {
    this.space = space;
    this.components = components;
  }

  /**
   * @throws IllegalArgumentException on a wrong length or a component that is not finite
   */
  public static Embedding copyOf(VectorSpace space, float[] components) {
    if (components.length != space.dimension()) {
      throw new IllegalArgumentException(
          "space "
              + space.key()
              + " has dimension "
              + space.dimension()
              + ", vector has "
              + components.length);
    }
    for (int i = 0; i < components.length; i++) {
      if (!Float.isFinite(components[i])) {
        throw new IllegalArgumentException(
            "component " + i + " must be finite, was " + components[i]);
      }
    }
    return new Embedding(space, components.clone());
  }

  public VectorSpace space() {
    return space;
  }

  public int dimension() {
    return components.length;
  }

  public float get(int index) {
    return components[index];
  }

  /** A copy; the caller may change it. */
  public float[] toArray() {
    return components.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that
        && space.equals(that.space)
        && Arrays.equals(components, that.components);
  }

  @Override
  public int hashCode() {
    return 31 * space.hashCode() + Arrays.hashCode(components);
  }

  @Override
  public String toString() {
    return "Embedding[" + space.key() + ", " + components.length + "]";
  }
}
