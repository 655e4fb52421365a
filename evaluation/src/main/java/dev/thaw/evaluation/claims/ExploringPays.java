package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.claims.ClaimResult.Finding;
import dev.thaw.evaluation.simulation.SemiSynthetic;
import dev.thaw.evaluation.simulation.SemiSynthetic.Exploring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The article: what the first slots of a page are given to a bandit for. */
final class ExploringPays implements Claim {

  @Override
  public String text() {
    return "exploring in one or two slots costs less engagement than it earns within four weeks";
  }

  @Override
  public String source() {
    return "the article";
  }

  @Override
  public String holdsIf() {
    return "a closed loop made of the domain's ratings, pages of ten slots, a fifth of the items"
        + " coming undescribed in the first two weeks, of which a ranking knows what showing them"
        + " has taught: expected likes a visit over four weeks relative to a page that explores in"
        + " none, and to the same bandit without new items to draw; holds if both are above 0 for"
        + " one slot and for two. Beside it the first week, where it costs; intervals over"
        + " seeds, each with halves, models and new items of its own";
  }

  @Override
  public ClaimResult on(ClaimRun run) {
    Optional<SemiSynthetic> world = run.semiSynthetic();
    if (world.isEmpty()) {
      return notMeasurable(run, ClaimRun.NO_WORLD);
    }
    run.at("exploring slots");
    List<Finding> findings = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    StringBuilder even = new StringBuilder();
    for (Exploring page : world.get().exploring()) {
      findings.add(new Finding("likes a visit, exploring in " + page.slots(), page.engagement()));
      findings.add(new Finding("gain of " + page.slots() + ", relative", page.gain()));
      findings.add(new Finding("of it by new items, relative", page.ofNewItems()));
      findings.add(new Finding("gain in the first week, relative", page.firstWeek()));
      verdicts.add(Verdict.atLeast(0, page.gain()));
      verdicts.add(Verdict.atLeast(0, page.ofNewItems()));
      even.append(even.isEmpty() ? "" : ", ")
          .append(page.slots())
          .append(page.breakEven() > 0 ? " from day " + page.breakEven() + " on" : " never");
    }
    return result(run, Verdict.all(verdicts), "ahead in sum: " + even, findings);
  }
}
