package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.simulation.Contenders;
import dev.thaw.evaluation.simulation.FixedChances;
import dev.thaw.evaluation.simulation.RegretCurve;
import dev.thaw.evaluation.simulation.Tournament;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Auer, Cesa-Bianchi and Fischer 2002; of Thompson sampling Agrawal and Goyal 2012. */
final class RegretGrowth implements Claim {
  /** Share of the rounds left out of a fit, in which every arm is still tried. */
  private static final double LEFT_OUT = 0.02;

  /** Distributions 11 and 12 of Auer et al., section 4. */
  private static final Map<String, double[]> WORLDS =
      Map.of(
          "one of ten is better",
          new double[] {0.9, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6},
          "ten of four kinds",
          new double[] {0.9, 0.8, 0.8, 0.8, 0.7, 0.7, 0.7, 0.6, 0.6, 0.6});

  @Override
  public String text() {
    return "UCB1's and Thompson sampling's cumulative regret grows like log t, that of"
        + " epsilon-greedy with a fixed epsilon linearly";
  }

  @Override
  public String source() {
    return "Auer et al. 2002";
  }

  @Override
  public String holdsIf() {
    return "mean regret over 10 seeds of 100,000 rounds in two stationary worlds of ten arms (none of it is of the"
        + " domain): the variance that a straight line leaves unexplained less that of a + b log t,"
        + " both least squares from 2 % of the rounds on; above 0 for UCB1 and Thompson, below for"
        + " epsilon-greedy, in both worlds";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    List<Finding> findings = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    Tournament tournament = new Tournament(run.simulated().seeds(), 1, run.threads());
    WORLDS.keySet().stream()
        .sorted()
        .forEach(
            world -> {
              run.at("regret where " + world);
              for (RegretCurve curve :
                  tournament.curves(
                      seed -> new FixedChances(WORLDS.get(world), run.simulated().rounds()),
                      Contenders.published(),
                      run.seed(),
                      () -> {})) {
                Interval shape = curve.logOverLinear(LEFT_OUT, run.seed());
                boolean linear = curve.contender().equals(Contenders.FIXED_EPSILON);
                verdicts.add(linear ? Verdict.atMost(0, shape) : Verdict.atLeast(0, shape));
                findings.add(
                    new Finding(
                        world + ", " + curve.contender() + ": line less logarithm, unexplained",
                        shape));
                findings.add(
                    new Finding(
                        world + ", " + curve.contender() + ": regret at the end",
                        Bootstrap.DEFAULT.mean(curve.last(), run.random())));
              }
            });
    return result(run, Verdict.all(verdicts), "", findings);
  }
}
