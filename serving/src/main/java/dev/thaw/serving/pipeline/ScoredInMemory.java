package dev.thaw.serving.pipeline;

import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.snapshot.ScoredItems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Candidates by a model in memory. An item that came after its training would never be among them:
 * it takes the place that the factors give it among all items, by its projected content, where the
 * user has a vector. For that all items are scored, in memory; in catalogues too large for it new
 * items are left to the bandit.
 */
final class ScoredInMemory {
  /** Items whose scores by 64 factors take about 3 ms. */
  static final int MAX_SCORED = 50_000;

  private final Method method;
  private final CandidateSource byFactors;

  /**
   * @param byFactors the order that new items take their places of; scores up to {@link
   *     #MAX_SCORED} items without the index
   */
  ScoredInMemory(Method method, CandidateSource byFactors) {
    this.method = method;
    this.byFactors = byFactors;
  }

  /**
   * @param scores of the items by the model's numbers
   * @param hasVector whether the factors have an order for the user
   */
  CompletableFuture<List<Scored>> gather(
      ScoredItems items,
      float[] scores,
      boolean hasVector,
      Query query,
      UserState user,
      Eligibility eligibility,
      int wanted) {
    List<Scored> found = best(items, scores, query, eligibility, wanted);
    if (!hasVector || !items.hasUnknown() || query.ranks().catalogue().size() > MAX_SCORED) {
      return CompletableFuture.completedFuture(found);
    }
    return byFactors
        .gather(query, user, eligibility, wanted)
        .thenApply(order -> withUnknown(found, order, items, wanted));
  }

  private List<Scored> best(
      ScoredItems items, float[] scores, Query query, Eligibility eligibility, int wanted) {
    int[] numbers = items.numbers();
    int[] best =
        TopItems.of(
            scores,
            wanted,
            item ->
                numbers[item] >= 0
                    && items.knows(item)
                    && eligibility.admits(query.ranks().item(numbers[item])));
    List<Scored> found = new ArrayList<>(best.length);
    for (int item : best) {
      found.add(Scored.of(query.ranks().item(numbers[item]), scores[item], method.label()));
    }
    return found;
  }

  /** Each unknown item at its place in the order by factors, with the score of that place. */
  private static List<Scored> withUnknown(
      List<Scored> found, List<Scored> order, ScoredItems items, int wanted) {
    List<Scored> all = new ArrayList<>(found);
    for (int place = 0; place < order.size() && place <= all.size(); place++) {
      Scored each = order.get(place);
      if (!items.knows(each.item().id())) {
        double score = all.isEmpty() ? 0 : all.get(Math.min(place, all.size() - 1)).score();
        all.add(place, new Scored(each.item(), score, each.source(), each.gate()));
      }
    }
    return all.size() <= wanted ? all : new ArrayList<>(all.subList(0, wanted));
  }
}
