package dev.thaw.evaluation.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.metrics.Interval;
import org.junit.jupiter.api.Test;

class NormalMixtureTest {
  private static final MeanDifference SMALL = new MeanDifference(0.02, 0.01, 10_000, 4_000);

  /** t r = 3, so that sqrt(t r + 1) = 2 and 2 (t r + 1) / (t r) = 8 / 3. */
  private static final NormalMixture MIXTURE = new NormalMixture(0.0003);

  @Test
  void bothSidesAgainstValuesByHand() {
    Interval interval = MIXTURE.twoSided(SMALL, 0.05);
    double half = 0.01 * Math.sqrt(8.0 / 3 * 3.688879454);
    assertThat(interval.low()).isCloseTo(0.02 - half, within(1e-10));
    assertThat(interval.high()).isCloseTo(0.02 + half, within(1e-10));
  }

  @Test
  void oneSideAgainstValuesByHand() {
    Interval bounds = MIXTURE.oneSided(SMALL, 0.05);
    double half = 0.01 * Math.sqrt(8.0 / 3 * 3.044522438);
    assertThat(bounds.low()).isCloseTo(0.02 - half, within(1e-10));
    assertThat(bounds.high()).isCloseTo(0.02 + half, within(1e-10));
  }

  @Test
  void theChanceThatThePriorIsNarrowestAt() {
    // -2 log 0.05 = 5.991464547, log of that plus one = 1.944690095
    assertThat(NormalMixture.narrowestAt(100, 0.05).rhoSquared())
        .isCloseTo(0.07936154642, within(1e-9));
    double there = width(5_000, 5_000);
    assertThat(there).isLessThan(width(500, 5_000)).isLessThan(width(50_000, 5_000));
  }

  private static double width(int narrowestAt, int users) {
    Interval interval =
        NormalMixture.narrowestAt(narrowestAt, 0.05)
            .twoSided(new MeanDifference(0, 1, users, users / 2), 0.05);
    return interval.high() - interval.low();
  }

  @Test
  void thePValueIsTheLevelWhoseIntervalEndsAtZero() {
    MeanDifference far = new MeanDifference(0.05, 0.01, 10_000, 4_000);
    // 2 exp(-25 * 3 / 8)
    double p = MIXTURE.pValue(far);
    assertThat(p).isCloseTo(2 * Math.exp(-9.375), within(1e-12));
    assertThat(MIXTURE.twoSided(far, p).low()).isCloseTo(0, within(1e-12));
    assertThat(MIXTURE.pValue(SMALL)).as("2 exp(-1.5), at most 1").isLessThan(0.5);
    assertThat(MIXTURE.pValue(new MeanDifference(0, 0.01, 10_000, 4_000))).isEqualTo(1);
  }

  @Test
  void nothingIsSaidOfFewUsersOrOfNoSpread() {
    MeanDifference few = new MeanDifference(1, 0.01, 10_000, NormalMixture.MIN_USERS - 1);
    assertThat(NormalMixture.isDefined(few)).isFalse();
    assertThat(MIXTURE.pValue(few)).isEqualTo(1);
    assertThat(NormalMixture.isDefined(new MeanDifference(0, 0, 10_000, 4_000))).isFalse();
    assertThat(NormalMixture.isDefined(SMALL)).isTrue();
  }

  @Test
  void momentsAndTheirDifference() {
    ArmMoments control = new ArmMoments();
    ArmMoments treatment = new ArmMoments();
    for (double value : new double[] {1, 2, 3, 6}) {
      control.add(value);
    }
    treatment.add(5);
    assertThat(MeanDifference.of(control, treatment).standardError()).isInfinite();
    treatment.add(7);
    MeanDifference difference = MeanDifference.of(control, treatment);
    assertThat(difference.difference()).isEqualTo(3);
    // variances 14/3 of 4 and 2 of 2
    assertThat(difference.standardError()).isCloseTo(Math.sqrt(14.0 / 12 + 1), within(1e-12));
    assertThat(difference.users()).isEqualTo(6);
    assertThat(difference.fewest()).isEqualTo(2);
  }

  @Test
  void levelsAndTimesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> MIXTURE.twoSided(SMALL, 0)).hasMessageContaining("(0, 1), was 0.0");
    assertThatThrownBy(() -> MIXTURE.oneSided(SMALL, 1)).hasMessageContaining("(0, 1), was 1.0");
    assertThatThrownBy(() -> NormalMixture.narrowestAt(0, 0.05))
        .hasMessageContaining(">= 1, were 0");
    assertThatThrownBy(() -> new NormalMixture(0)).hasMessageContaining("> 0");
  }
}
