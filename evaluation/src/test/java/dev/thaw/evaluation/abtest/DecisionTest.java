package dev.thaw.evaluation.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.models.metrics.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final Guardrail RAIL = new Guardrail(Metric.SUCCESS_RATE, 0.02);

  private static final GuardrailRow HELD = rail(-0.01, 0.03);
  private static final GuardrailRow OPEN = rail(-0.03, 0.01);
  private static final GuardrailRow FALLEN = rail(-0.06, -0.03);

  private static GuardrailRow rail(double low, double high) {
    return GuardrailRow.of(RAIL, (low + high) / 2, interval(low, high));
  }

  private static Interval interval(double low, double high) {
    return new Interval((low + high) / 2, low, high, 1_000);
  }

  private static MetricRow metric(double low, double high) {
    return new MetricRow("click-rate", 0, 0, 0, interval(low, high), 1, null);
  }

  private static Verdict decide(MetricRow metric, GuardrailRow... rails) {
    return Decision.of(false, null, metric, List.of(rails)).verdict();
  }

  @Test
  void guardrailsAgainstTheirMargins() {
    assertThat(HELD.state()).isEqualTo("held");
    assertThat(OPEN.state()).isEqualTo("open");
    assertThat(FALLEN.state()).isEqualTo("fallen");
    assertThat(rail(-0.06, -0.01).state()).as("fell, but perhaps within").isEqualTo("open");
    assertThat(GuardrailRow.of(RAIL, 0, null).state()).isEqualTo("open");
  }

  @Test
  void aGainShipsOnlyWhereGuardrailsAreKnownToHold() {
    assertThat(decide(metric(0.01, 0.03))).isEqualTo(Verdict.BETTER);
    assertThat(decide(metric(0.01, 0.03), HELD)).isEqualTo(Verdict.BETTER);
    assertThat(decide(metric(0.01, 0.03), HELD, OPEN)).isEqualTo(Verdict.UNDECIDED);
    assertThat(decide(metric(0.01, 0.03), FALLEN)).isEqualTo(Verdict.HARMED);
  }

  @Test
  void harmComesOfTheMetricOrOfAGuardrail() {
    assertThat(decide(metric(-0.03, -0.01), HELD)).isEqualTo(Verdict.HARMED);
    assertThat(decide(metric(-0.01, 0.02), FALLEN)).isEqualTo(Verdict.HARMED);
    assertThat(decide(metric(-0.01, 0.02), HELD)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void whatRisesTooLittleIsKeptAsItWas() {
    MetricRow little = metric(-0.001, 0.004);
    assertThat(decide(little)).isEqualTo(Verdict.UNDECIDED);
    assertThat(Decision.of(false, 0.005, little, List.of()).verdict()).isEqualTo(Verdict.KEEP);
    assertThat(Decision.of(false, 0.003, little, List.of()).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void wrongSharesMakeAnythingInvalid() {
    for (MetricRow each : List.of(metric(0.01, 0.02), metric(-0.02, -0.01), metric(-1, 1))) {
      assertThat(Decision.of(true, 0.5, each, List.of(FALLEN)).verdict())
          .isEqualTo(Verdict.INVALID);
    }
  }

  @Test
  void withoutASequenceNothingIsDecided() {
    Decision decision =
        Decision.of(false, 0.5, new MetricRow("click-rate", 0, 0, 0, null, 1, null), List.of(HELD));
    assertThat(decision.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(decision.why()).contains("fewer than 100");
  }

  @Test
  void marginsOutOfBoundsAreRefused() {
    assertThat(Guardrail.parse("success-rate:0.02")).isEqualTo(RAIL);
    assertThat(Guardrail.parse("rewards-per-user:2").margin()).isEqualTo(2);
    assertThatThrownBy(() -> Guardrail.parse("success-rate:0"))
        .hasMessageContaining("margin of success-rate must be > 0 and <= 1.0, was 0.0");
    assertThatThrownBy(() -> Guardrail.parse("click-rate:1.5")).hasMessageContaining("was 1.5");
    assertThatThrownBy(() -> Guardrail.parse("rewards-per-user:Infinity"))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> Guardrail.parse("click-rate:NaN")).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Guardrail.parse("click-rate:much")).hasMessageContaining("a number");
    assertThatThrownBy(() -> Guardrail.parse("click-rate")).hasMessageContaining("METRIC:MARGIN");
    assertThatThrownBy(() -> Guardrail.parse("dwell:1"))
        .hasMessageContaining("click-rate")
        .hasMessageContaining("was \"dwell\"");
  }
}
