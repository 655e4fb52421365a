package dev.thaw.evaluation.abtest;

import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Compares arms over users, each treatment with the control: {@link NormalMixture} sequences beside
 * a bootstrap interval. All sequences of a report share {@code alpha} evenly (Bonferroni): one for
 * the metric and one for each guardrail, for each treatment. So it raises a false alarm of any kind
 * with a chance of at most {@code alpha}, however often it is made while the log grows.
 *
 * @param metric decides
 * @param guardrails of metrics that differ
 * @param leastEffect what a change must bring to be worth it, above 0; null: not said
 * @param alpha in (0, 1)
 * @param narrowestAt users of both arms at which sequences are narrowest; to be fixed before the
 *     first look
 * @param userWindow in which a user is measured from the first impression on
 * @param resamples of the bootstrap
 */
public record AbTest(
    Metric metric,
    List<Guardrail> guardrails,
    @Nullable Double leastEffect,
    double alpha,
    int narrowestAt,
    Duration userWindow,
    int resamples,
    long seed) {

  public AbTest {
    guardrails = List.copyOf(guardrails);
    Set<Metric> guarded = new HashSet<>();
    for (Guardrail each : guardrails) {
      if (!guarded.add(each.metric())) {
        throw new IllegalArgumentException(
            "a metric must have one guardrail, " + each.metric().label() + " had two");
      }
    }
    if (leastEffect != null && !(leastEffect > 0 && leastEffect < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("least effect must be > 0 and finite, was " + leastEffect);
    }
    NormalMixture.narrowestAt(narrowestAt, alpha);
  }

  /**
   * @param names how impressions name the configurations of arms
   * @throws IllegalArgumentException if nobody met an arm
   */
  public AbReport of(JoinedLog log, Arms arms, ArmNames names) {
    Enrolment enrolment = Enrolment.of(log, arms, names, userWindow);
    SampleRatio ratio = new SampleRatio(arms.all().stream().map(Arm::share).toList());
    List<List<UserTotals>> settled = new ArrayList<>();
    int[] entered = new int[arms.all().size()];
    arms.all().forEach(arm -> settled.add(new ArrayList<>()));
    for (Enrolment.Enrolled each : enrolment.users()) {
      ratio.add(each.arm());
      entered[each.arm()]++;
      if (each.settled()) {
        settled.get(each.arm()).add(each.totals());
      }
    }
    List<AbReport.ArmRow> rows = new ArrayList<>();
    List<AbReport.Comparison> comparisons = new ArrayList<>();
    int sequences = (arms.all().size() - 1) * (1 + guardrails.size());
    Sequences at = new Sequences(alpha / sequences, sequences);
    for (int a = 0; a < entered.length; a++) {
      Arm arm = arms.all().get(a);
      if (entered[a] == 0) {
        throw new IllegalArgumentException(
            "an arm needs users, nobody entered by arm " + arm.name());
      }
      rows.add(row(arm, entered[a], settled.get(a)));
      if (a > 0) {
        comparisons.add(
            AbReport.Comparison.of(
                arms.all().get(0).name(),
                arm.name(),
                ratio.isWrong(),
                leastEffect,
                at.metric(settled.get(0), settled.get(a)),
                at.guarded(settled.get(0), settled.get(a))));
      }
    }
    return new AbReport(
        alpha,
        at.level,
        userWindow.toString(),
        new AbReport.Ratio(ratio.pValue(), ratio.isWrong()),
        rows,
        comparisons,
        enrolment.crossed(),
        enrolment.foreign(),
        enrolment.outside(),
        enrolment.unsupported());
  }

  private static AbReport.ArmRow row(Arm arm, int entered, List<UserTotals> settled) {
    return new AbReport.ArmRow(
        arm.name(),
        arm.versions(),
        arm.share(),
        entered,
        settled.size(),
        settled.stream().mapToLong(UserTotals::requests).sum(),
        settled.stream().mapToLong(UserTotals::shown).sum(),
        settled.stream().mapToDouble(UserTotals::rewards).sum());
  }

  private final class Sequences {
    private final double level;
    private final int number;
    private final NormalMixture mixture;

    Sequences(double level, int number) {
      this.level = level;
      this.number = number;
      this.mixture = NormalMixture.narrowestAt(narrowestAt, level);
    }

    MetricRow metric(List<UserTotals> control, List<UserTotals> treatment) {
      ArmMoments before = moments(metric, control);
      ArmMoments after = moments(metric, treatment);
      MeanDifference difference = MeanDifference.of(before, after);
      return new MetricRow(
          metric.label(),
          before.mean(),
          after.mean(),
          difference.difference(),
          NormalMixture.isDefined(difference) ? mixture.twoSided(difference, level) : null,
          Math.min(1, number * mixture.pValue(difference)),
          fixedHorizon(control, treatment));
    }

    private @Nullable Interval fixedHorizon(List<UserTotals> control, List<UserTotals> treatment) {
      return control.isEmpty() || treatment.isEmpty()
          ? null
          : new Bootstrap(resamples, 1 - level)
              .unpairedDifference(
                  values(metric, treatment), values(metric, control), new SplittableRandom(seed));
    }

    List<GuardrailRow> guarded(List<UserTotals> control, List<UserTotals> treatment) {
      List<GuardrailRow> rows = new ArrayList<>();
      for (Guardrail each : guardrails) {
        MeanDifference difference =
            MeanDifference.of(moments(each.metric(), control), moments(each.metric(), treatment));
        rows.add(
            GuardrailRow.of(
                each,
                difference.difference(),
                NormalMixture.isDefined(difference) ? mixture.oneSided(difference, level) : null));
      }
      return rows;
    }
  }

  private static double[] values(Metric metric, List<UserTotals> users) {
    return users.stream().mapToDouble(metric::of).toArray();
  }

  private static ArmMoments moments(Metric metric, List<UserTotals> users) {
    ArmMoments moments = new ArmMoments();
    users.forEach(user -> moments.add(metric.of(user)));
    return moments;
  }
}
