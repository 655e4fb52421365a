package dev.thaw.evaluation.abtest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of its arms.
 *
 * @param alpha chance of any false alarm of the whole report, however often it is made
 * @param level of each sequence: alpha shared evenly among all (Bonferroni)
 * @param userWindow in which a user is measured, ISO 8601
 * @param arms the control first
 * @param comparisons one for each other arm
 * @param crossed users who met two arms, counted in their first
 * @param foreign impressions of each version that is in no arm, left out
 * @param outside impressions that are no part of what is compared
 * @param unsupported impressions of arms that off-policy evaluation can't use
 */
public record AbReport(
    double alpha,
    double level,
    String userWindow,
    Ratio sampleRatio,
    List<ArmRow> arms,
    List<Comparison> comparisons,
    int crossed,
    Map<String, Integer> foreign,
    int outside,
    int unsupported) {
  public AbReport {
    arms = List.copyOf(arms);
    comparisons = List.copyOf(comparisons);
    foreign = Collections.unmodifiableMap(new TreeMap<>(foreign));
  }

  /** Of the users of all arms who have entered. */
  public record Ratio(double pValue, boolean wrong) {}

  /**
   * @param share of the users that should meet the arm
   * @param entered users
   * @param settled of them, with a window that is over: these are measured
   * @param requests of those, as the others
   */
  public record ArmRow(
      String name,
      Set<String> versions,
      double share,
      int entered,
      int settled,
      long requests,
      long shown,
      double rewards) {
    public ArmRow {
      versions = Set.copyOf(versions);
    }
  }

  /**
   * @param why in a few words
   */
  public record Comparison(
      String control,
      String treatment,
      Verdict verdict,
      String why,
      MetricRow metric,
      List<GuardrailRow> guardrails) {
    public Comparison {
      guardrails = List.copyOf(guardrails);
    }

    static Comparison of(
        String control,
        String treatment,
        boolean invalid,
        @Nullable Double leastEffect,
        MetricRow metric,
        List<GuardrailRow> guardrails) {
      Decision decision = Decision.of(invalid, leastEffect, metric, guardrails);
      return new Comparison(
          control, treatment, decision.verdict(), decision.why(), metric, guardrails);
    }
  }
}
