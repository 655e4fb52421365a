package dev.thaw.models.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlsTrialTest {
  /** Of four users; what they add is in thousandths. */
  private static AlsTrial trial(double lambda, double alpha, double... thousandths) {
    double[] byUser = Arrays.stream(thousandths).map(each -> each / 1000).toArray();
    return new AlsTrial(lambda, alpha, 1, 0, byUser, Arrays.stream(byUser).sum());
  }

  private static final AlsTrial BEST = trial(30, 1, 10, 10, 10, 10);

  @Test
  void theLeastLambdaOfWhatIsLevelIsTaken() {
    AlsTrial level = trial(10, 1, 14, 7, 12, 6);
    AlsTrial between = trial(17, 1, 13, 8, 11, 7.5);
    assertThat(AlsTrial.leastLambda(List.of(between, BEST, level))).isSameAs(level);
  }

  @Test
  void whatEveryUserLosesByIsNotLevelHoweverLittleItIs() {
    AlsTrial allLose = trial(10, 1, 9.9, 9.8, 9.9, 9.8);
    assertThat(AlsTrial.leastLambda(List.of(BEST, allLose))).isSameAs(BEST);
  }

  @Test
  void oneStandardErrorIsTheBound() {
    // differences of d, d, d and -2 d: their sum is d, its standard error 3 d
    assertThat(AlsTrial.leastLambda(List.of(BEST, trial(10, 1, 9, 9, 9, 12))).lambda())
        .isEqualTo(10);
    // of 0, 0, d and d: 2 d, and 1.15 d
    assertThat(AlsTrial.leastLambda(List.of(BEST, trial(10, 1, 10, 10, 6, 6))).lambda())
        .isEqualTo(30);
    // of d, d, d and -d both are 2 d
    assertThat(AlsTrial.leastLambda(List.of(BEST, trial(10, 1, 9, 9, 9, 11.1))).lambda())
        .isEqualTo(10);
    assertThat(AlsTrial.leastLambda(List.of(BEST, trial(10, 1, 9, 9, 9, 10.9))).lambda())
        .isEqualTo(30);
  }

  @Test
  void moreThanTheMarginIsNotLevelHoweverUncertainItIs() {
    AlsTrial uncertain = trial(10, 1, 0, 0, 0, 36);
    assertThat(AlsTrial.leastLambda(List.of(BEST, uncertain))).isSameAs(BEST);
    AlsTrial within = trial(10, 1, 0, 0, 0, 37.5);
    assertThat(AlsTrial.leastLambda(List.of(BEST, within))).isSameAs(within);
  }

  @Test
  void anotherAlphaIsLeftAndOfOneLambdaTheBestIsTaken() {
    AlsTrial other = trial(5, 0.01, 14, 7, 12, 6);
    AlsTrial worse = trial(10, 1, 15, 6, 12, 6);
    AlsTrial better = trial(10, 1, 14, 7, 12, 6.5);
    assertThat(AlsTrial.leastLambda(List.of(other, BEST, worse, better))).isSameAs(better);
  }
}
