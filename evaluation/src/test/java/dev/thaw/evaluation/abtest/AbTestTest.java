package dev.thaw.evaluation.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.offpolicy.logs.JoinedImpression;
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.statistics.SettledSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AbTestTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final Instant END = NOON.plus(DAY).plus(DAY);
  private static final Arms ARMS =
      new Arms(List.of(new Arm("A", Set.of("c1"), 0.5), new Arm("B", Set.of("c2"), 0.5)));

  private final List<JoinedImpression> log = new ArrayList<>();

  private static AbTest test(Guardrail... guardrails) {
    return new AbTest(Metric.CLICK_RATE, List.of(guardrails), null, 0.05, 1_000, DAY, 200, 7);
  }

  /** One answer of two items, of which the first so many earned a reward. */
  private void show(String user, String version, Instant time, int rewarded) {
    show(user, version, Assignment.NONE, time, rewarded);
  }

  private void show(
      String user, String version, Assignment assignment, Instant time, int rewarded) {
    RequestId request = RequestId.of("r" + log.size());
    Impression impression =
        new Impression(
            request,
            UserId.of(user),
            DomainId.of("movies"),
            time,
            version,
            "m1",
            "p1",
            Map.of(),
            EligibleArms.NONE,
            List.of(),
            "0",
            "popularity",
            List.of(),
            List.of(),
            assignment,
            DecisionFeatures.NONE);
    List<SettledSlot> slots =
        IntStream.range(0, 2)
            .mapToObj(
                slot ->
                    new SettledSlot(
                        request,
                        impression.domain(),
                        ItemId.of("i" + slot),
                        slot,
                        "factors",
                        1,
                        "positive",
                        slot < rewarded ? 1 : 0,
                        time.toEpochMilli(),
                        time.plus(WINDOW).toEpochMilli(),
                        impression.assignment(),
                        impression.features()))
            .toList();
    log.add(new JoinedImpression(impression, false, slots));
  }

  private JoinedLog log() {
    log.sort(Comparator.comparing(each -> each.impression().time()));
    return new JoinedLog(log, WINDOW, END, new JoinedLog.Counts(log.size(), 0, 0, 0, 0));
  }

  private AbReport report(Guardrail... guardrails) {
    return test(guardrails).of(log(), ARMS, ArmNames.versions());
  }

  /** Every n-th user of an arm clicks one of two items. */
  private void many(String version, int users, int every) {
    for (int u = 0; u < users; u++) {
      show(version + "-" + u, version, NOON.plusMillis(u), u % every == 0 ? 1 : 0);
    }
  }

  @Test
  void everyUserCountsAlike() {
    show("keen", "c1", NOON, 2);
    show("keen", "c1", NOON.plusSeconds(60), 2);
    show("keen", "c1", NOON.plusSeconds(120), 2);
    show("shy", "c1", NOON.plusSeconds(30), 0);
    show("other", "c2", NOON.plusSeconds(40), 1);
    AbReport report = report();
    MetricRow metric = report.comparisons().get(0).metric();
    assertThat(metric.control()).as("not 6 of 8").isEqualTo(0.5);
    assertThat(metric.treatment()).isEqualTo(0.5);
    assertThat(metric.sequence()).as("an arm of one user").isNull();
    assertThat(metric.pValue()).isEqualTo(1);
    assertThat(report.comparisons().get(0).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(report.arms().get(0).requests()).isEqualTo(4);
    assertThat(report.arms().get(0).shown()).isEqualTo(8);
    assertThat(report.arms().get(0).rewards()).isEqualTo(6);
  }

  @Test
  void metricsOfOneUser() {
    UserTotals user = new UserTotals(4, 2, 10, 5, 2.5);
    assertThat(Metric.CLICK_RATE.of(user)).isEqualTo(0.5);
    assertThat(Metric.SUCCESS_RATE.of(user)).isEqualTo(0.5);
    assertThat(Metric.REWARDS_PER_REQUEST.of(user)).isEqualTo(0.625);
    assertThat(Metric.REWARDS_PER_USER.of(user)).isEqualTo(2.5);
    assertThat(Metric.REQUESTS_PER_USER.of(user)).isEqualTo(4);
    assertThat(Metric.CLICK_RATE.of(new UserTotals(1, 0, 0, 0, 0))).isZero();
  }

  @Test
  void whoMeetsTwoArmsCountsInTheFirst() {
    show("both", "c1", NOON, 0);
    show("both", "c2", NOON.plusSeconds(1), 2);
    show("stays", "c2", NOON.plusSeconds(2), 0);
    show("stays", "c9", NOON.plusSeconds(3), 2);
    AbReport report = report();
    assertThat(report.crossed()).isEqualTo(1);
    assertThat(report.foreign()).isEqualTo(Map.of("c9", 1));
    assertThat(report.unsupported()).isZero();
    MetricRow metric = report.comparisons().get(0).metric();
    assertThat(metric.control()).isEqualTo(0.5);
    assertThat(metric.treatment()).isZero();
  }

  @Test
  void configurationsOfAnExperimentAreArmsByWhatWasLogged() {
    show("one", "v", new Assignment("e", "b"), NOON, 0);
    show("two", "unsupported:v", new Assignment("e", "a"), NOON, 2);
    show("two", "v", new Assignment("e", "a"), NOON.plusSeconds(1), 0);
    show("three", "v", new Assignment("e", "gone"), NOON, 2);
    show("four", "v", new Assignment("f", "a"), NOON, 2);
    show("five", "v", Assignment.NONE, NOON, 2);
    Arms arms = new Arms(List.of(new Arm("a", Set.of("a"), 0.5), new Arm("b", Set.of("b"), 0.5)));
    AbReport report = test().of(log(), arms, ArmNames.configurationsOf("e"));
    assertThat(report.arms()).extracting(AbReport.ArmRow::entered).containsExactly(1, 1);
    assertThat(report.comparisons().get(0).metric().control()).isEqualTo(0.5);
    assertThat(report.foreign()).isEqualTo(Map.of("gone", 1));
    assertThat(report.outside()).isEqualTo(2);
    assertThat(report.unsupported()).isEqualTo(1);
  }

  @Test
  void usersAreMeasuredInOneWindowOnceItIsOver() {
    Instant last = END.minus(DAY).minus(WINDOW);
    show("early", "c1", NOON, 1);
    show("late", "c1", last, 1);
    show("other", "c2", last, 1);
    show("open", "c2", last.plusMillis(1), 2);
    show("early", "c1", NOON.plus(DAY).minusMillis(1), 1);
    show("early", "c1", NOON.plus(DAY), 0);
    AbReport report = report();
    assertThat(report.arms().get(0).requests()).isEqualTo(3);
    assertThat(report.arms().get(1).entered()).isEqualTo(2);
    assertThat(report.arms().get(1).settled()).isEqualTo(1);
    assertThat(report.comparisons().get(0).metric().treatment()).isEqualTo(0.5);
  }

  @Test
  void aRewardOfALongWindowKeepsUsersOpenForLonger() {
    show("early", "c1", NOON, 1);
    show("other", "c2", NOON, 1);
    JoinedLog half = log();
    Duration week = Duration.ofDays(7);
    AbReport patient =
        test()
            .of(
                new JoinedLog(half.impressions(), week, NOON.plus(DAY).plus(week), half.counts()),
                ARMS,
                ArmNames.versions());
    AbReport impatient =
        test()
            .of(
                new JoinedLog(
                    half.impressions(),
                    week,
                    NOON.plus(DAY).plus(week).minusMillis(1),
                    half.counts()),
                ARMS,
                ArmNames.versions());
    assertThat(patient.arms().get(0).settled()).isEqualTo(1);
    assertThat(impatient.arms().get(0).settled()).isZero();
  }

  @Test
  void aClearGainShipsAndTheOppositeStops() {
    many("c1", 1_000, 10);
    many("c2", 1_000, 2);
    AbReport.Comparison better =
        report(new Guardrail(Metric.SUCCESS_RATE, 0.1)).comparisons().get(0);
    assertThat(better.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(better.metric().difference()).isCloseTo(0.2, within(1e-9));
    assertThat(better.guardrails().get(0).state()).isEqualTo("held");
    Arms turned = new Arms(List.of(ARMS.all().get(1), ARMS.all().get(0)));
    AbReport.Comparison harmed =
        test(new Guardrail(Metric.SUCCESS_RATE, 0.1))
            .of(log(), turned, ArmNames.versions())
            .comparisons()
            .get(0);
    assertThat(harmed.verdict()).isEqualTo(Verdict.HARMED);
    assertThat(harmed.why()).contains("success-rate fell by more");
  }

  @Test
  void wrongSharesMakeEveryVerdictInvalid() {
    many("c1", 1_500, 10);
    many("c2", 500, 2);
    AbReport report = report();
    assertThat(report.sampleRatio().wrong()).isTrue();
    assertThat(report.comparisons().get(0).verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void sequencesShareTheLevel() {
    many("c1", 200, 10);
    many("c2", 200, 10);
    AbReport one = report();
    AbReport three =
        report(new Guardrail(Metric.SUCCESS_RATE, 0.1), new Guardrail(Metric.REWARDS_PER_USER, 1));
    assertThat(one.level()).isEqualTo(0.05);
    assertThat(three.level()).isEqualTo(0.05 / 3);
    assertThat(three.comparisons().get(0).metric().sequence().high())
        .isGreaterThan(one.comparisons().get(0).metric().sequence().high());
  }

  @Test
  void noUsersAndBadParametersAreRefused() {
    show("one", "c1", NOON, 0);
    assertThatThrownBy(() -> report()).hasMessage("an arm needs users, nobody entered by arm B");
    Guardrail rail = new Guardrail(Metric.SUCCESS_RATE, 0.1);
    assertThatThrownBy(() -> test(rail, new Guardrail(Metric.SUCCESS_RATE, 0.2)))
        .hasMessageContaining("success-rate had two");
    assertThatThrownBy(() -> new AbTest(Metric.CLICK_RATE, List.of(), -1.0, 0.05, 10, DAY, 200, 0))
        .hasMessageContaining("least effect must be > 0 and finite, was -1.0");
    assertThatThrownBy(
            () ->
                new AbTest(Metric.CLICK_RATE, List.of(), null, 0.05, 10, Duration.ZERO, 200, 0)
                    .of(log(), ARMS, ArmNames.versions()))
        .hasMessageContaining("window of a user must be > 0, was PT0S");
  }
}
