package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.simulation.Contenders;
import dev.thaw.evaluation.simulation.FixedChances;
import dev.thaw.evaluation.simulation.RegretCurve;
import dev.thaw.evaluation.simulation.Tournament;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Auer, Cesa-Bianchi and Fischer 2002; of Thompson sampling Agrawal and Goyal 2012. */
final class RegretGrowth implements Claim {
  /** Share of the rounds left out of a fit, in which every arm is still tried. */
  private static final double LEFT_OUT = 0.02;

  private static final double ROOT = Math.sqrt(2);

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
    return "mean regret over several seeds in two stationary worlds of ten arms (none of it is of"
        + " the domain). Of UCB1 and Thompson: a + b log t leaves less of it unexplained than a"
        + " straight line, both by least squares from 2 % of the rounds on, and the second half of"
        + " the rounds costs less than the square root of 2 times the quarter before (1 is a"
        + " logarithm, 2 a line). Of epsilon-greedy the opposite of both. UCB1 stays below the"
        + " bound of the paper's theorem 1, too";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    List<Finding> findings = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    new TreeMap<>(WORLDS).forEach((world, chances) -> add(world, chances, run, findings, verdicts));
    return result(run, Verdict.all(verdicts), "", findings);
  }

  private static void add(
      String world,
      double[] chances,
      ClaimRun run,
      List<Finding> findings,
      List<Verdict> verdicts) {
    run.at("regret where " + world);
    int rounds = run.simulated().rounds();
    for (RegretCurve curve :
        new Tournament(run.simulated().runs(), 1, run.threads())
            .curves(
                seed -> new FixedChances(chances, rounds),
                Contenders.published(),
                run.seed(),
                done -> {})) {
      String who = world + ", " + curve.contender() + ": ";
      Interval shape = curve.logOverLinear(LEFT_OUT, run.seed());
      Interval doubling = curve.doubling(run.seed());
      Interval last = Bootstrap.DEFAULT.mean(curve.last(), run.random());
      if (curve.contender().equals(Contenders.FIXED_EPSILON)) {
        verdicts.add(Verdict.atMost(-Double.MIN_VALUE, shape));
        verdicts.add(Verdict.atLeast(ROOT, doubling));
      } else {
        verdicts.add(Verdict.atLeast(Double.MIN_VALUE, shape));
        verdicts.add(Verdict.atMost(ROOT, doubling));
      }
      findings.add(new Finding(who + "line less logarithm, unexplained", shape));
      findings.add(new Finding(who + "second half over the quarter before", doubling));
      findings.add(new Finding(who + "regret at the end", last));
      if (curve.contender().equals(Contenders.UCB1)) {
        double bound = bound(chances, rounds);
        verdicts.add(Verdict.atMost(bound, last));
        findings.add(new Finding(who + "bound", new Interval(bound, bound, bound, 1)));
      }
    }
  }

  /** Theorem 1 of Auer et al.: {@code 8 sum ln t / gap + (1 + pi^2 / 3) sum gap}. */
  private static double bound(double[] chances, int rounds) {
    double best = Arrays.stream(chances).max().orElseThrow();
    return Arrays.stream(chances)
        .map(chance -> best - chance)
        .filter(gap -> gap > 0)
        .map(gap -> 8 * Math.log(rounds) / gap + (1 + Math.PI * Math.PI / 3) * gap)
        .sum();
  }
}
