package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The arms that a policy can choose from, in an order. Arms are numbers from 0 on; a place is where
 * an arm stands in this set. Immutable, meant to be shared by the rounds that have the same arms;
 * twelve bytes an arm, as logs may hold a set of their own for each round.
 */
public final class ArmSet {
  private final int[] arms;

  /** Arm above, place below, sorted. */
  private final long[] byArm;

  private ArmSet(int[] arms) {
    this.arms = arms;
    this.byArm = new long[arms.length];
    for (int place = 0; place < arms.length; place++) {
      if (arms[place] < 0) {
        throw new IllegalArgumentException("arm must be >= 0, was " + arms[place]);
      }
      byArm[place] = key(arms[place], place);
    }
    Arrays.sort(byArm);
    for (int i = 1; i < byArm.length; i++) {
      if (byArm[i] >>> Integer.SIZE == byArm[i - 1] >>> Integer.SIZE) {
        throw new IllegalArgumentException(
            "arm " + (byArm[i] >>> Integer.SIZE) + " is eligible twice");
      }
    }
  }

  private static long key(int arm, int place) {
    return (long) arm << Integer.SIZE | place;
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

  /** Empty if the arm is not among them. O(log arms). */
  public OptionalInt place(int arm) {
    int at = Arrays.binarySearch(byArm, key(arm, 0));
    int from = at < 0 ? -at - 1 : at;
    return arm >= 0 && from < byArm.length && byArm[from] >>> Integer.SIZE == arm
        ? OptionalInt.of((int) byArm[from])
        : OptionalInt.empty();
  }
}
