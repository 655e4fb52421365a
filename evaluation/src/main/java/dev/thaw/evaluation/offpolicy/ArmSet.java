package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The arms that a policy can choose from, in an order. Arms are numbers from 0 on; a place is where
 * an arm stands in this set. Immutable, meant to be shared by the rounds that have the same arms.
 */
public final class ArmSet {
  private final int[] arms;
  private final Map<Integer, Integer> places;

  private ArmSet(int[] arms) {
    this.arms = arms;
    this.places = new HashMap<>(2 * arms.length);
    for (int place = 0; place < arms.length; place++) {
      if (arms[place] < 0) {
        throw new IllegalArgumentException("arm must be >= 0, was " + arms[place]);
      }
      if (places.put(arms[place], place) != null) {
        throw new IllegalArgumentException("arm " + arms[place] + " is eligible twice");
      }
    }
  }

  /**
   * @param arms at least one, each once
   */
  public static ArmSet of(int... arms) {
    if (arms.length == 0) {
      throw new IllegalArgumentException("there must be at least 1 eligible arm, were 0");
    }
    return new ArmSet(arms.clone());
  }

  /** Arms 0 to {@code size - 1}, each in the place of its number. */
  public static ArmSet first(int size) {
    int[] arms = new int[size];
    Arrays.setAll(arms, arm -> arm);
    return of(arms);
  }

  public int size() {
    return arms.length;
  }

  public int arm(int place) {
    return arms[place];
  }

  /** Empty if the arm is not among them. */
  public OptionalInt place(int arm) {
    Integer place = places.get(arm);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }
}
