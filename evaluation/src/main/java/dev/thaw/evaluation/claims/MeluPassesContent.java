package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.methods.MethodNames;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lee et al., KDD 2019: where a meta-learned model overtakes content. */
final class MeluPassesContent implements Claim {
  private static final List<Integer> AHEAD_AT = List.of(3, 5);

  @Override
  public String text() {
    return "MeLU passes content at 2-3 interactions and leads by 5";
  }

  @Override
  public String source() {
    return "KDD 2019";
  }

  @Override
  public String holdsIf() {
    return "mean of users' MAE, MeLU (each user's mean over its training seeds) minus content"
        + " neighbours; holds if it lies below zero at 3 and at 5";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    if (!run.hasContent()) {
      return notMeasurable(run, "items have no content vectors here (no text, or --encoder none)");
    }
    if (!run.rated().rated().containsKey(AHEAD_AT.get(0))) {
      return notMeasurable(run, "the split fixes the support, so that it can't grow");
    }
    List<Verdict> verdicts = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    int ahead = -1;
    for (int k : run.rated().rated().keySet()) {
      Optional<double[]> melu = melu(run, k);
      Optional<double[]> content = run.userMae(k, MethodNames.CONTENT_NEIGHBOURS);
      if (melu.isEmpty() || content.isEmpty()) {
        return notMeasurable(run, "too few users to train MeLU on");
      }
      Interval difference =
          Bootstrap.DEFAULT.pairedDifference(melu.get(), content.get(), run.random());
      findings.add(new Finding("MeLU - content, MAE at " + k, difference));
      if (AHEAD_AT.contains(k)) {
        verdicts.add(Verdict.atMost(0, difference));
      }
      ahead = difference.high() < 0 && ahead < 0 ? k : ahead;
    }
    String passes =
        ahead < 0
            ? "MeLU is ahead nowhere by the interval"
            : ahead == 0
                ? "ahead from 0 on, so there is nothing to pass"
                : "ahead first at " + ahead;
    return result(run, Verdict.all(verdicts), passes, findings);
  }

  private static Optional<double[]> melu(ClaimRun run, int k) {
    List<double[]> seeds =
        run.rated().rated().getOrDefault(k, List.of()).stream()
            .filter(each -> each.method().startsWith(MethodNames.MELU_SEED))
            .map(each -> each.userMae())
            .toList();
    if (seeds.isEmpty()) {
      return Optional.empty();
    }
    double[] mean = new double[seeds.get(0).length];
    Arrays.setAll(mean, u -> seeds.stream().mapToDouble(seed -> seed[u]).average().orElseThrow());
    return Optional.of(mean);
  }
}
