package dev.thaw.serving.pipeline;

import dev.thaw.models.routing.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One way to find candidates. */
interface CandidateSource {

  Method method();

  /**
   * Finds eligible items, best first; fewer or none if there are no more. What it had to do without
   * it reports to the query; the future never fails.
   *
   * @param wanted candidates that are of use
   */
  CompletableFuture<List<Scored>> gather(
      Query query, UserState user, Eligibility eligibility, int wanted);
}
