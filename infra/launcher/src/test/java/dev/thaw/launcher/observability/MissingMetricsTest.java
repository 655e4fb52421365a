package dev.thaw.launcher.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check of what is watched finds what is planted, before it is believed of the real files. */
class MissingMetricsTest {
  private static final List<Series> SCRAPED =
      Series.scraped(
          """
          # TYPE calls_seconds histogram
          calls_seconds_bucket{method="recommend",outcome="ok",le="0.1"} 3
          calls_seconds_count{method="recommend",outcome="ok"} 3
          degraded_total{what="index:open, or \\"so\\""} 1.0
          state 0
          """,
          "thaw-serving");

  @Test
  void whatIsThereIsNotMissed() {
    assertThat(
            missing(
                "histogram_quantile(0.99, sum by (le, method) (rate(calls_seconds_bucket[5m])))"))
        .isEmpty();
    assertThat(
            missing("sum(rate(calls_seconds_count{outcome=\"ok\", method=~\"rec.*\"}[5m])) / 2e3"))
        .isEmpty();
    assertThat(missing("state > 0 and on (instance) state offset 5m unless state == bool 1"))
        .isEmpty();
    assertThat(missing("topk(3, degraded_total{what!=\"none\"})")).isEmpty();
    assertThat(missing("rate(calls_seconds_count{method=\"$method\"}[$__rate_interval])"))
        .isEmpty();
    assertThat(missing("state{job=\"thaw-serving\"}")).isEmpty();
  }

  @Test
  void aMisspeltMetricIsMissed() {
    assertThat(missing("rate(call_seconds_count[5m])"))
        .singleElement()
        .asString()
        .contains("call_seconds_count", "panel");
    assertThat(missing("state + sum by (method) (calls_seconds_count) + stat"))
        .singleElement()
        .asString()
        .contains("stat");
  }

  @Test
  void aMisspeltLabelOrValueIsMissed() {
    assertThat(missing("calls_seconds_count{metod=\"recommend\"}")).hasSize(1);
    assertThat(missing("calls_seconds_count{method=\"recomend\"}")).hasSize(1);
    assertThat(missing("calls_seconds_count{method=~\"recomend.*\"}")).hasSize(1);
    assertThat(missing("calls_seconds_count{metod=\"$method\"}")).hasSize(1);
    assertThat(missing("calls_seconds_count{job=\"serving\"}")).hasSize(1);
    assertThat(missing("sum by (metod) (calls_seconds_count)"))
        .containsExactly("panel: no series has the label metod");
  }

  @Test
  void everyAlternativeHasToBeThere() {
    assertThat(missing("calls_seconds_count{method=~\".*(recommend|recomend):?\"}"))
        .singleElement()
        .asString()
        .contains(".*recomend:?");
    assertThat(missing("calls_seconds_count{outcome=~\"ok|failed\"}"))
        .singleElement()
        .asString()
        .contains("\"failed\"");
    assertThat(missing("calls_seconds_count{outcome=~\"(ok|o.)\"}")).isEmpty();
  }

  @Test
  void aLabelThatOnlyALegendNamesIsMissed() {
    PromExpression expression = PromExpression.parse("state");
    assertThat(new WatchedMetrics("panel", expression, Set.of("method")).missing(SCRAPED))
        .containsExactly("panel: no series has the label method");
  }

  @Test
  void anExpressionWithoutAMetricIsNoWatch() {
    assertThat(missing("")).containsExactly("panel names no metric");
    assertThat(missing("vector(1)")).containsExactly("panel names no metric");
  }

  @Test
  void whatIsNotUnderstoodIsNotPassedOver() {
    assertThatThrownBy(() -> missing("state{method='x'}")).hasMessageContaining("method='x'");
    assertThatThrownBy(() -> Series.scraped("<html>", "a")).hasMessageContaining("<html>");
  }

  private static List<String> missing(String expression) {
    return new WatchedMetrics("panel", PromExpression.parse(expression), Set.of()).missing(SCRAPED);
  }
}
