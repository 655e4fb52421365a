package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Zhu et al., WSDM 2022, table 2: on pairs of Amazon domains. */
final class PtupcdrLowersError implements Claim {
  private static final double CLAIMED = 0.05;

  @Override
  public String text() {
    return "PTUPCDR lowers EMCDR's MAE by 5-10 %";
  }

  @Override
  public String source() {
    return "WSDM 2022, Amazon pairs";
  }

  @Override
  public String holdsIf() {
    return "users cold in the target: by how much of it PTUPCDR lowers the mean of users' MAE of"
        + " EMCDR with a perceptron; holds from 5 % on";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    if (run.experiment().sources().isEmpty()) {
      return notMeasurable(run, "the domain has no source domain in this data");
    }
    int cold = run.rated().rated().firstKey();
    List<Verdict> verdicts = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (DomainId source : run.experiment().sources().keySet()) {
      Optional<double[]> emcdr = run.userMae(cold, "emcdr-mlp " + source);
      Optional<double[]> ptupcdr = run.userMae(cold, "ptupcdr " + source);
      if (emcdr.isPresent() && ptupcdr.isPresent()) {
        Interval lowered = lowered(run, emcdr.get(), ptupcdr.get());
        verdicts.add(Verdict.atLeast(CLAIMED, lowered));
        findings.add(new Finding("lowered from " + source, lowered));
        findings.add(new Finding("MAE of EMCDR", mean(run, emcdr.get())));
        findings.add(new Finding("MAE of PTUPCDR", mean(run, ptupcdr.get())));
        run.userMae(cold, "item mean + source-domain bias")
            .ifPresent(bias -> findings.add(new Finding("MAE of the biases", mean(run, bias))));
      }
    }
    return findings.isEmpty()
        ? notMeasurable(run, "too few users of both domains to train a bridge")
        : result(run, Verdict.all(verdicts), "", findings);
  }

  private static Interval lowered(ClaimRun run, double[] from, double[] to) {
    Interval change = Bootstrap.DEFAULT.relativeDifference(to, from, run.random());
    return new Interval(-change.mean(), -change.high(), -change.low(), change.users());
  }

  private static Interval mean(ClaimRun run, double[] perUser) {
    return Bootstrap.DEFAULT.mean(perUser, run.random());
  }
}
