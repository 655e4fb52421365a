package dev.thaw.evaluation.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.PlantedExperiment;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.models.metrics.Interval;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClaimRunTest {
  private static final Map<String, ClaimResult> RELATED = new HashMap<>();
  private static List<ClaimResult> alone = List.of();

  @BeforeAll
  static void measure() {
    results(PlantedExperiment.of(160, 1, "books")).forEach(each -> RELATED.put(each.claim(), each));
    alone = results(PlantedExperiment.of(80, 1));
  }

  private static List<ClaimResult> results(Experiment experiment) {
    // a clock that goes on by 10 ms whenever somebody looks at it
    AtomicLong nanos = new AtomicLong();
    return new ClaimRun(
            experiment,
            null,
            1,
            3,
            () -> nanos.addAndGet(10_000_000),
            new ClaimRun.Simulated(4_000, 4, 2),
            (part, done, of) -> {})
        .results();
  }

  private static ClaimResult related(Claim claim) {
    return RELATED.get(claim.text());
  }

  @Test
  void theSameTasteInBothDomainsIsABoost() {
    ClaimResult boost = related(new CrossDomainBoost());
    assertThat(boost.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(boost.findings().get(0).interval().low()).isGreaterThan(0.1);
    assertThat(boost.findings()).hasSizeGreaterThan(1);
  }

  @Test
  void aVerdictOnErrorsComesWithTheErrorsItIsMadeOf() {
    ClaimResult lowered = related(new PtupcdrLowersError());
    assertThat(lowered.verdict()).isNotEqualTo(Verdict.NOT_MEASURABLE);
    double by = lowered.findings().get(0).interval().mean();
    double emcdr = lowered.findings().get(1).interval().mean();
    double ptupcdr = lowered.findings().get(2).interval().mean();
    assertThat(by).isCloseTo(1 - ptupcdr / emcdr, within(1e-9));
    assertThat(lowered.verdict())
        .isEqualTo(Verdict.atLeast(0.05, lowered.findings().get(0).interval()));
  }

  @Test
  void whatIsMissingIsSaidAndNothingGuessed() {
    assertThat(alone).hasSize(8);
    Set<String> ofNoDomain =
        Set.of(new DiagonalThompsonIsCheap().text(), new RegretGrowth().text());
    assertThat(alone)
        .filteredOn(each -> !ofNoDomain.contains(each.claim()))
        .allSatisfy(
            each -> {
              assertThat(each.verdict()).as(each.claim()).isEqualTo(Verdict.NOT_MEASURABLE);
              assertThat(each.why()).isNotEmpty();
              assertThat(each.findings()).isEmpty();
            });
    assertThat(related(new MeluPassesContent()).why()).contains("no content vectors");
    assertThat(related(new FomamlNearMaml()).why()).contains("needs 300 users");
    StringWriter text = new StringWriter();
    ClaimTables.print(alone, new PrintWriter(text));
    assertThat(text.toString()).contains("not measurable yet: too few users, or too few items");
  }

  @Test
  void theRegretOfAFixedEpsilonIsALineAndThatOfThompsonIsNot() {
    ClaimResult growth = related(new RegretGrowth());
    assertThat(growth.findings()).hasSize(20);
    for (ClaimResult.Finding each : growth.findings()) {
      boolean epsilon = each.what().contains("epsilon");
      if (each.what().contains("unexplained") && !each.what().contains("ucb1")) {
        assertThat(each.interval().mean() > 0).as(each.what()).isNotEqualTo(epsilon);
      } else if (each.what().contains("quarter") && epsilon) {
        assertThat(each.interval().mean()).as(each.what()).isBetween(1.5, 2.5);
      } else if (each.what().contains("ucb1: bound")) {
        assertThat(each.interval().mean()).as(each.what()).isGreaterThan(1_000);
      }
    }
  }

  @Test
  void diagonalThompsonTakesAHundredthOfTheProducts() {
    ClaimResult cheap = related(new DiagonalThompsonIsCheap());
    assertThat(cheap.verdict()).isEqualTo(Verdict.HOLDS);
    List<Interval> measured = cheap.findings().stream().map(each -> each.interval()).toList();
    // 10,000 x 128 x 129, and 10,000 x 128
    assertThat(measured.get(0).mean()).isCloseTo(165.12, within(1e-9));
    assertThat(measured.get(1).mean()).isCloseTo(1.28, within(1e-9));
    // as the clock of this test goes: 50 requests a look against 1
    assertThat(measured.get(5).mean()).isCloseTo(50, within(1e-9));
  }

  @Test
  void aVerdictNeedsTheWholeInterval() {
    assertThat(Verdict.atLeast(0.05, new Interval(0.07, 0.06, 0.08, 9))).isEqualTo(Verdict.HOLDS);
    assertThat(Verdict.atLeast(0.05, new Interval(0.07, 0.04, 0.08, 9)))
        .isEqualTo(Verdict.UNDECIDED);
    assertThat(Verdict.atLeast(0.05, new Interval(0.02, 0.01, 0.04, 9))).isEqualTo(Verdict.FAILS);
    assertThat(Verdict.atMost(0, new Interval(-1, -2, 0, 9))).isEqualTo(Verdict.HOLDS);
    assertThat(Verdict.atMost(0, new Interval(1, 0.5, 2, 9))).isEqualTo(Verdict.FAILS);
    assertThat(Verdict.atMost(0, new Interval(1, -0.5, 2, 9))).isEqualTo(Verdict.UNDECIDED);
    assertThat(Verdict.all(List.of(Verdict.HOLDS, Verdict.UNDECIDED))).isEqualTo(Verdict.UNDECIDED);
    assertThat(Verdict.all(List.of(Verdict.UNDECIDED, Verdict.FAILS))).isEqualTo(Verdict.FAILS);
    assertThat(Verdict.all(List.of(Verdict.HOLDS, Verdict.HOLDS))).isEqualTo(Verdict.HOLDS);
    assertThat(Verdict.all(List.of())).isEqualTo(Verdict.NOT_MEASURABLE);
  }
}
