package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.DomainRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Items by the probability to be liked next, from memory: a forward pass over the user's newest
 * likes, what this server accepted a moment ago being the newest of all. Items that nobody had
 * liked when the model was trained are left to the bandit.
 */
final class SequentialSource implements CandidateSource {
  @Override
  public Method method() {
    return Method.SEQUENTIAL;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    SequentialModel model = query.domainModels().sequential();
    if (model == null || user.inSequence() == 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    float[] scores = new float[model.items().size()];
    model.score(user.told(), scores);
    // only what may be among the best is looked up
    int[] best =
        TopItems.of(
            scores,
            wanted,
            number -> {
              ServedItem item = served(model, number, query.ranks());
              return item != null && eligibility.admits(item);
            });
    List<Scored> found = new ArrayList<>(best.length);
    for (int number : best) {
      ServedItem item = served(model, number, query.ranks());
      if (item != null) {
        found.add(Scored.of(item, scores[number], method().label()));
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  private static @Nullable ServedItem served(SequentialModel model, int number, DomainRanks ranks) {
    ItemId id = model.items().get(number);
    return ranks.catalogue().find(id);
  }
}
