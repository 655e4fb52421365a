package dev.thaw.serving.pipeline;

import dev.thaw.models.routing.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is popular in the user's segment, then in the domain; from memory, always there. */
final class PopularitySource implements CandidateSource {

  @Override
  public Method method() {
    return Method.POPULARITY;
  }

  @Override
  public CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted) {
    return CompletableFuture.completedFuture(
        PopularityWalk.walk(query.ranks(), user.segment(), eligibility, List.of(), wanted));
  }
}
