package dev.thaw.featuredefinitions.vocabulary;

import java.util.List;

/**
 * What a contextual policy knew of the user when it chose; empty where the policy looks at no
 * features.
 *
 * @param space names where the features come from: numbers of two spaces must not be mixed
 * @param values length d, at most {@value #MAX_VALUES}, each in [-{@value #BOUND}, {@value #BOUND}]
 */
public record DecisionFeatures(String space, List<Float> values) {
  public static final int MAX_VALUES = 256;
  public static final int BOUND = 1_000_000;
  public static final DecisionFeatures NONE = new DecisionFeatures("", List.of());

  public DecisionFeatures {
    values = List.copyOf(values);
    if (space.isEmpty() != values.isEmpty()) {
      throw new IllegalArgumentException(
          "features must have both a space and values or neither, were \""
              + space
              + "\" and "
              + values.size()
              + " values");
    }
    if (values.size() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "features must be at most " + MAX_VALUES + ", were " + values.size());
    }
    for (int i = 0; i < values.size(); i++) {
      if (!(Math.abs(values.get(i)) <= BOUND)) {
        throw new IllegalArgumentException(
            "feature " + i + " must be in [-" + BOUND + ", " + BOUND + "], was " + values.get(i));
      }
    }
  }

  public boolean isNone() {
    return values.isEmpty();
  }

  /** A copy, length d. */
  public float[] toArray() {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
