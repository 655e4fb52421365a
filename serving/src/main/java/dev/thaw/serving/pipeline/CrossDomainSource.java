package dev.thaw.serving.pipeline;

import dev.thaw.models.routing.Method;
import dev.thaw.serving.pipeline.UserState.MappedVector;
import dev.thaw.serving.snapshot.ServedBridge;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Items for a user mapped from another domain: who has no vector in this one is ranked in the
 * ranking space of the bridge where it has one, {@link ScoredInMemory}; else the vector in the
 * factor space ranks, in which the user's own likes count, too.
 */
final class CrossDomainSource implements CandidateSource {
  private final CandidateSource byFactors;
  private final ScoredInMemory inMemory;
  private final boolean besideLikes;

  private CrossDomainSource(CandidateSource byFactors, CandidateSource order, boolean besideLikes) {
    this.byFactors = byFactors;
    this.inMemory = new ScoredInMemory(method(), order);
    this.besideLikes = besideLikes;
  }

  /**
   * @param byFactors by the mapped vector in the factor space
   * @param order the same for new items to take their places of
   */
  static CrossDomainSource alone(CandidateSource byFactors, CandidateSource order) {
    return new CrossDomainSource(byFactors, order, false);
  }

  /** The same to be fused with what ranks by the user's likes, so without these. */
  static CrossDomainSource besideLikes(CandidateSource byFactors, CandidateSource order) {
    return new CrossDomainSource(byFactors, order, true);
  }

  @Override
  public Method method() {
    return Method.CROSS_DOMAIN;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    MappedVector mapped = user.mapped();
    if (mapped == null || mapped.place() == null || (user.folded() != null && !besideLikes)) {
      return byFactors.gather(query, user, eligibility, wanted);
    }
    ServedBridge.Ranked ranked = query.domainModels().ranked(mapped.source());
    return ranked == null
        ? byFactors.gather(query, user, eligibility, wanted)
        : inMemory.gather(
            ranked, ranked.score(mapped.place()), true, query, user, eligibility, wanted);
  }
}
