package dev.thaw.serving.pipeline;

import dev.thaw.models.ranking.ScoreFusion;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What is liked together with the user's likes and what the user's place in the ranking space of a
 * bridge ranks, or else the user's vector, at once, in the order of {@link ScoreFusion}. Without an
 * answer of either it has none: the plan's next method then answers.
 */
final class FusedSource implements CandidateSource {
  private final RoutingPolicy routing;
  private final CandidateSource together;
  private final CandidateSource byOwn;
  private final CandidateSource byMapped;

  /**
   * @param routing says whom the bridge may rank for
   * @param together by item-to-item
   * @param byOwn by the user's own vector, with a mapped one blended in where there is one
   * @param byMapped by the place that the user was mapped to, or else by the mapped vector
   */
  FusedSource(
      RoutingPolicy routing,
      CandidateSource together,
      CandidateSource byOwn,
      CandidateSource byMapped) {
    this.routing = routing;
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
    boolean placed = routing.fusesPlace(user.knowledge());
    CandidateSource beside = placed || user.folded() == null ? byMapped : byOwn;
    double weight = placed ? ScoreFusion.weightBeside(user.knownLikes()) : 1;
    int depth = Math.max(wanted, ScoreFusion.DEPTH);
    return together
        .gather(query, user, eligibility, depth)
        .thenCombine(
            beside.gather(query, user, eligibility, depth),
            (one, other) -> fused(one, other, weight, wanted));
  }

  private List<Scored> fused(List<Scored> one, List<Scored> other, double weight, int wanted) {
    if (one.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    // of an item in both it is the vector whose gate can be told
    Map<Integer, Scored> byNumber = new LinkedHashMap<>();
    other.forEach(each -> byNumber.put(each.item().number(), each));
    one.forEach(each -> byNumber.putIfAbsent(each.item().number(), each));
    ScoreFusion<Integer> fusion = new ScoreFusion<>();
    add(fusion, one, 1);
    add(fusion, other, weight);
    List<Scored> found = new ArrayList<>(byNumber.size());
    for (Map.Entry<Integer, Double> each : fusion.best()) {
      found.add(fused(Objects.requireNonNull(byNumber.remove(each.getKey())), each.getValue()));
    }
    // beyond the depth there is no order but that of the lists
    byNumber.values().forEach(each -> found.add(fused(each, -found.size())));
    return found.size() <= wanted ? found : new ArrayList<>(found.subList(0, wanted));
  }

  private Scored fused(Scored scored, double score) {
    return new Scored(scored.item(), score, method().label(), scored.gate());
  }

  private static void add(ScoreFusion<Integer> fusion, List<Scored> list, double weight) {
    List<Scored> top = list.subList(0, Math.min(list.size(), ScoreFusion.DEPTH));
    fusion.add(
        top.stream().map(each -> each.item().number()).toList(),
        top.stream().mapToDouble(Scored::score).toArray(),
        weight);
  }
}
