package dev.thaw.serving.pipeline;

import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.snapshot.LikedTogether;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Items that are liked together with those that the user liked, from memory. An item that nobody
 * had liked when the model was trained would never be among them: it takes the place that the
 * factors give it among all items, by its projected content, where the user has a vector. For that
 * all items are scored, in memory; in catalogues too large for it new items are left to the bandit.
 */
final class ItemToItemSource implements CandidateSource {
  /** Items whose scores by 64 factors take about 3 ms. */
  static final int MAX_SCORED = 50_000;

  private final CandidateSource byFactors;

  /**
   * @param byFactors the order that new items take their places of; scores up to {@link
   *     #MAX_SCORED} items without the index
   */
  ItemToItemSource(CandidateSource byFactors) {
    this.byFactors = byFactors;
  }

  @Override
  public Method method() {
    return Method.ITEM_TO_ITEM;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    LikedTogether together = query.domainModels().itemToItem();
    if (together == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Scored> found = likedTogether(together, query, user, eligibility, wanted);
    if (user.folded() == null
        || !together.hasUnknown()
        || query.ranks().catalogue().size() > MAX_SCORED) {
      return CompletableFuture.completedFuture(found);
    }
    return byFactors
        .gather(query, user, eligibility, wanted)
        .thenApply(order -> withUnknown(found, order, together, wanted));
  }

  private List<Scored> likedTogether(
      LikedTogether together, Query query, UserState user, Eligibility eligibility, int wanted) {
    int[] numbers = together.numbers();
    float[] scores = together.score(user.told());
    int[] best =
        TopItems.of(
            scores,
            wanted,
            item ->
                numbers[item] >= 0
                    && together.model().knows(item)
                    && eligibility.admits(query.ranks().item(numbers[item])));
    List<Scored> found = new ArrayList<>(best.length);
    for (int item : best) {
      found.add(Scored.of(query.ranks().item(numbers[item]), scores[item], method().label()));
    }
    return found;
  }

  /** Each unknown item at its place in the order by factors, with the score of that place. */
  private static List<Scored> withUnknown(
      List<Scored> found, List<Scored> order, LikedTogether together, int wanted) {
    List<Scored> all = new ArrayList<>(found);
    for (int place = 0; place < order.size() && place <= all.size(); place++) {
      Scored each = order.get(place);
      if (!together.knows(each.item().id())) {
        double score = all.isEmpty() ? 0 : all.get(Math.min(place, all.size() - 1)).score();
        all.add(place, new Scored(each.item(), score, each.source(), each.gate()));
      }
    }
    return all.size() <= wanted ? all : new ArrayList<>(all.subList(0, wanted));
  }
}
