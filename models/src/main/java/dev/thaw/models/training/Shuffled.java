package dev.thaw.models.training;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random orders. */
public final class Shuffled {
  private Shuffled() {}

  /** The same elements, every order as likely as any other. Fisher-Yates. */
  public static <T> List<T> of(List<T> elements, RandomGenerator random) {
    List<T> shuffled = new ArrayList<>(elements);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      T kept = shuffled.get(i);
      shuffled.set(i, shuffled.get(other));
      shuffled.set(other, kept);
    }
    return shuffled;
  }
}
