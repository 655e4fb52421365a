package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.DomainRanks;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Items near the mean content vector of what the user likes: the taste vector of the stream, what
 * was liked so recently that the stream has not seen it, and the onboarding likes. The score is the
 * cosine with a small prior for popularity, so that of two items equally near the better known one
 * comes first.
 */
final class ContentSource implements CandidateSource {
  private static final double POPULARITY_PRIOR = 0.05;
  private static final int MAX_EXAMPLES = 20;

  private final Dependency index;

  ContentSource(Dependency index) {
    this.index = index;
  }

  @Override
  public Method method() {
    return Method.CONTENT;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    VectorIndex content = query.models().content();
    if (content == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    return index
        .call(() -> search(content, query, user, eligibility, wanted), query.remaining())
        .thenApply(outcome -> outcome.orElse(List.of(), query::degrade));
  }

  private List<Scored> search(
      VectorIndex content, Query query, UserState user, Eligibility eligibility, int wanted) {
    Embedding wish = wish(content, user);
    if (wish == null) {
      return List.of();
    }
    SearchFilter filter =
        SearchFilter.availableIn(query.request().domain()).without(eligibility.excluded());
    int reach = eligibility.categories().isEmpty() ? wanted : Math.min(1000, wanted * 5);
    List<Scored> found = new ArrayList<>();
    DomainRanks ranks = query.ranks();
    double most =
        ranks.everyone().length == 0 ? 0 : Math.log1p(ranks.popularity(ranks.everyone()[0]));
    for (Neighbour each : content.search(wish, reach, filter)) {
      ServedItem item = ranks.catalogue().find(each.itemId());
      if (item != null && eligibility.admits(item)) {
        double known = most == 0 ? 0 : Math.log1p(ranks.popularity(item.number())) / most;
        found.add(Scored.of(item, each.similarity() + POPULARITY_PRIOR * known, method().label()));
      }
    }
    found.sort(Comparator.comparingDouble(Scored::score).reversed());
    return found.size() <= wanted ? found : new ArrayList<>(found.subList(0, wanted));
  }

  /** Sum of unit vectors; null if nothing the user likes has one. */
  private static @Nullable Embedding wish(VectorIndex content, UserState user) {
    double[] sum = new double[content.space().dimension()];
    int parts = 0;
    float[] taste = user.taste();
    if (taste != null) {
      parts += addUnit(sum, taste);
    }
    List<ItemId> examples = new ArrayList<>(user.unseenLikes());
    examples.addAll(user.onboardingLikes());
    List<ItemId> some = examples.subList(0, Math.min(MAX_EXAMPLES, examples.size()));
    Map<ItemId, Embedding> vectors = content.getAll(some);
    for (ItemId each : some) {
      Embedding vector = vectors.get(each);
      if (vector != null) {
        parts += addUnit(sum, vector.toArray());
      }
    }
    if (parts == 0) {
      return null;
    }
    float[] wish = new float[sum.length];
    double norm = 0;
    for (int i = 0; i < wish.length; i++) {
      wish[i] = (float) sum[i];
      norm += sum[i] * sum[i];
    }
    return norm < 1e-12 ? null : Embedding.copyOf(content.space(), wish);
  }

  private static int addUnit(double[] sum, float[] vector) {
    double norm = 0;
    for (float each : vector) {
      norm += each * each;
    }
    if (norm == 0 || vector.length != sum.length) {
      return 0;
    }
    double scale = 1 / Math.sqrt(norm);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i] * scale;
    }
    return 1;
  }
}
