package dev.thaw.evaluation.onboarding;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Items by the entropy of their ratings times the logarithm of how many there are, which Rashid et
 * al., IUI 2002, call balanced: opinions that differ tell users apart, and an item has to be known
 * to be answered about.
 */
final class EntropyTimesPopularity {
  private EntropyTimesPopularity() {}

  /** Highest first, of equal ones the first by id. */
  static List<ItemId> order(Interactions ratings) {
    double[] scores =
        IntStream.range(0, ratings.items().size()).mapToDouble(i -> score(ratings, i)).toArray();
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer item) -> -scores[item])
                .thenComparing(item -> ratings.items().get(item)))
        .map(item -> ratings.items().get(item))
        .toList();
  }

  private static double score(Interactions ratings, int item) {
    int count = ratings.columnLength(item);
    Map<Double, Integer> counts = new HashMap<>();
    for (int i = 0; i < count; i++) {
      counts.merge((double) ratings.columnStrength(ratings.columnStart(item) + i), 1, Integer::sum);
    }
    double entropy = 0;
    for (int of : counts.values()) {
      double share = (double) of / count;
      entropy -= share * Math.log(share) / Math.log(2);
    }
    return count == 0 ? 0 : entropy * Math.log(count);
  }
}
