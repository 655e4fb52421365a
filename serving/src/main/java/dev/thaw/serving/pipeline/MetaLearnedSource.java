package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.AdaptedRanking;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.DomainRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Popular items in the order of the ratings that the layers adapted to the user predict: a forward
 * pass over what the store holds of the user, no gradient step. Items that nobody had rated when
 * the model was trained are left to the bandit.
 */
final class MetaLearnedSource implements CandidateSource {
  @Override
  public Method method() {
    return Method.META_LEARNED;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    MetaModel model = query.domainModels().metaLearned();
    AdaptedLayers layers = user.adapted() == null ? null : user.adapted().layers();
    if (model == null || layers == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Scored> found = new ArrayList<>();
    Iterator<ItemId> candidates = byPopularity(query.ranks(), eligibility);
    for (AdaptedRanking.Ranked each : new AdaptedRanking(model).rank(layers, candidates, wanted)) {
      ServedItem item = Objects.requireNonNull(query.ranks().catalogue().find(each.item()));
      found.add(Scored.of(item, each.rating(), method().label()));
    }
    return CompletableFuture.completedFuture(found);
  }

  private static Iterator<ItemId> byPopularity(DomainRanks ranks, Eligibility eligibility) {
    return Arrays.stream(ranks.everyone())
        .mapToObj(ranks::item)
        .filter(eligibility::admits)
        .map(ServedItem::id)
        .iterator();
  }
}
