package dev.thaw.evaluation.simulation;

import dev.thaw.models.training.Shuffled;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Orders of plain numbers. */
final class Orders {
  private Orders() {}

  /** A copy in random order. */
  static int[] shuffled(int[] numbers, RandomGenerator random) {
    return Shuffled.of(IntStream.of(numbers).boxed().toList(), random).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
