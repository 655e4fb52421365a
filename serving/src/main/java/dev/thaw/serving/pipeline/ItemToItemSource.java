package dev.thaw.serving.pipeline;

import dev.thaw.models.routing.Method;
import dev.thaw.serving.snapshot.LikedTogether;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Items that are liked together with those that the user liked, {@link ScoredInMemory}. */
final class ItemToItemSource implements CandidateSource {
  private final ScoredInMemory inMemory;

  /**
   * @param byFactors the order that new items take their places of
   */
  ItemToItemSource(CandidateSource byFactors) {
    this.inMemory = new ScoredInMemory(method(), byFactors);
  }

  @Override
  public Method method() {
    return Method.ITEM_TO_ITEM;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    LikedTogether together = query.domainModels().itemToItem();
    return together == null
        ? CompletableFuture.completedFuture(List.of())
        : inMemory.gather(
            together,
            together.score(user.told(), user.attributes()),
            user.folded() != null,
            query,
            user,
            eligibility,
            wanted);
  }
}
