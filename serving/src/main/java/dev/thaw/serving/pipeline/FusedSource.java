package dev.thaw.serving.pipeline;

import dev.thaw.models.ranking.ScoreFusion;
import dev.thaw.models.routing.Method;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What is liked together with the user's likes and what the user's vector ranks, at once, in the
 * order of {@link ScoreFusion}. Without an answer of either it has none: the plan's next method
 * then answers.
 */
final class FusedSource implements CandidateSource {
  private final CandidateSource together;
  private final CandidateSource byOwn;
  private final CandidateSource byMapped;

  /**
   * @param together by item-to-item
   * @param byOwn by the user's own vector, with a mapped one blended in where there is one
   * @param byMapped by the mapped vector, for users without one of their own
   */
  FusedSource(CandidateSource together, CandidateSource byOwn, CandidateSource byMapped) {
    this.together = together;
    this.byOwn = byOwn;
    this.byMapped = byMapped;
  }

  @Override
  public Method method() {
    return Method.FUSED;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    CandidateSource byVector = user.folded() == null ? byMapped : byOwn;
    return together
        .gather(query, user, eligibility, wanted)
        .thenCombine(
            byVector.gather(query, user, eligibility, wanted),
            (one, other) -> fused(one, other, wanted));
  }

  private List<Scored> fused(List<Scored> one, List<Scored> other, int wanted) {
    if (one.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    Map<Integer, Scored> byNumber = new HashMap<>();
    one.forEach(each -> byNumber.put(each.item().number(), each));
    // of an item in both it is the vector whose gate can be told
    other.forEach(each -> byNumber.put(each.item().number(), each));
    ScoreFusion<Integer> fusion = new ScoreFusion<>();
    add(fusion, one);
    add(fusion, other);
    List<Scored> found = new ArrayList<>(byNumber.size());
    for (Map.Entry<Integer, Double> each : fusion.best()) {
      Scored scored = byNumber.get(each.getKey());
      if (scored != null && found.size() < wanted) {
        ServedItem item = scored.item();
        found.add(new Scored(item, each.getValue(), method().label(), scored.gate()));
      }
    }
    return found;
  }

  private static void add(ScoreFusion<Integer> fusion, List<Scored> list) {
    fusion.add(
        list.stream().map(each -> each.item().number()).toList(),
        list.stream().mapToDouble(Scored::score).toArray());
  }
}
