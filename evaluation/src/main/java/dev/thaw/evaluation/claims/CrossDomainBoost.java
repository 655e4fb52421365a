package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.methods.MethodNames;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The article: what another domain is worth to cold users. */
final class CrossDomainBoost implements Claim {
  private static final double CLAIMED = 0.10;

  @Override
  public String text() {
    return "cross-domain is a 10-20 % relative boost for cold users when the domains are related";
  }

  @Override
  public String source() {
    return "the article";
  }

  @Override
  public String holdsIf() {
    return "nDCG@10 of the gated bridge relative to popularity, users with nothing given; holds from"
        + " 10 % on. Beside it, with interactions given, the blend of own and mapped vector relative"
        + " to the own one";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    if (run.experiment().sources().isEmpty()) {
      return notMeasurable(run, "the domain has no source domain in this data");
    }
    int cold = run.ranked().ranked().firstKey();
    Optional<Interval> boost = boost(run, cold, MethodNames.CROSS_DOMAIN, "popularity");
    if (boost.isEmpty()) {
      return notMeasurable(
          run,
          "too few users of both domains to train a bridge, or popularity reaches nothing that a"
              + " boost could be relative to");
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("bridge over popularity, relative", boost.get()));
    run.ranked()
        .ranked()
        .tailMap(Math.max(1, cold + 1))
        .keySet()
        .forEach(
            k ->
                boost(run, k, MethodNames.BLENDED, MethodNames.FACTORS)
                    .ifPresent(
                        interval ->
                            findings.add(
                                new Finding(
                                    "blend over own vector at " + k + ", relative", interval))));
    return result(run, Verdict.atLeast(CLAIMED, boost.get()), "", findings);
  }

  private static Optional<Interval> boost(ClaimRun run, int k, String of, String over) {
    Optional<double[]> base = run.ndcg(k, over);
    return run.ndcg(k, of)
        .filter(own -> base.isPresent() && Arrays.stream(base.get()).sum() > 0)
        .map(own -> Bootstrap.DEFAULT.relativeDifference(own, base.orElseThrow(), run.random()));
  }
}
