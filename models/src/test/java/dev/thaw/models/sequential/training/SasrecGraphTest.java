package dev.thaw.models.sequential.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SasrecModel;
import dev.thaw.models.sequential.SasrecShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SasrecGraphTest {
  private static final int LENGTH = 6;
  private static final LikedSequences DATA = PlantedChain.data(60, 1);
  private static final SasrecConfig CONFIG = SasrecConfig.DEFAULT.withSize(8, LENGTH, 2);
  private static final SasrecShape SHAPE = CONFIG.shape(DATA.items().size());
  private static final ParameterLayout LAYOUT = SHAPE.layout();
  private static final float[] PARAMETERS = gaussians(LAYOUT.size());

  private static float[] gaussians(int size) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return values;
  }

  private static SequenceBatch batch(List<int[]> windows) {
    return SequenceBatch.of(windows, 1, new SplittableRandom(0));
  }

  private static float[][] logits(List<int[]> windows) {
    SequenceBatch batch = batch(windows);
    float[] flat =
        Autograd.value(LAYOUT, PARAMETERS, new SasrecGraph(SHAPE, batch, Dropout.NONE)::logits);
    float[][] rows = new float[batch.cells().length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * SHAPE.items(), (row + 1) * SHAPE.items());
    }
    return rows;
  }

  private static float[] inJava(int... sequence) {
    float[] out = new float[SHAPE.items()];
    SasrecModel.of(DATA, CONFIG, PARAMETERS).logits(sequence, out);
    return out;
  }

  @Test
  void javaAnswersAsTheEngineAtEveryPlaceOfShortAndLongSequencesInOneBatch() {
    List<int[]> windows =
        List.of(
            new int[] {3},
            new int[] {7, 3, 12, 30, 1, 0, 9},
            new int[] {5, 39},
            new int[] {2, 2, 8});
    float[][] engine = logits(windows);
    int row = 0;
    for (int[] window : windows) {
      for (int place = 0; place < window.length; place++) {
        assertThat(inJava(Arrays.copyOf(window, place)))
            .as("%s before place %d", Arrays.toString(window), place)
            .containsExactly(engine[row++], within(1e-4f));
      }
    }
    assertThat(row).isEqualTo(engine.length).isEqualTo(13);
  }

  @Test
  void ofASequenceLongerThanTheModelTheNewestItemsCount() {
    int[] longer = {14, 20, 7, 3, 12, 30, 1, 0};
    float[][] engine = logits(List.of(new int[] {7, 3, 12, 30, 1, 0, 9}));
    assertThat(inJava(longer)).containsExactly(engine[LENGTH], within(1e-4f));
  }

  @Test
  void aLaterItemChangesNothingThatIsForetoldBeforeIt() {
    float[][] one = logits(List.of(new int[] {7, 3, 12, 30, 1}));
    float[][] other = logits(List.of(new int[] {7, 3, 21, 5, 1}));
    for (int place = 0; place <= 2; place++) {
      assertThat(other[place]).containsExactly(one[place], within(1e-6f));
    }
    assertThat(other[3]).isNotEqualTo(one[3]);
    assertThat(largestDifference(other[3], one[3])).isGreaterThan(0.01f);
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static Autograd.Descent descent(List<int[]> windows) {
    return Autograd.descent(
        LAYOUT, PARAMETERS, new SasrecGraph(SHAPE, batch(windows), Dropout.NONE)::loss);
  }

  @Test
  void paddingHasNoPartInLossOrGradient() {
    int[] brief = {5, 39};
    int[] extended = {7, 3, 12, 30, 1, 0, 9};
    Autograd.Descent together = descent(List.of(brief, extended));
    Autograd.Descent first = descent(List.of(brief));
    Autograd.Descent second = descent(List.of(extended));
    assertThat(together.loss()).isCloseTo((2 * first.loss() + 7 * second.loss()) / 9, within(1e-5));
    float[] mean = new float[LAYOUT.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (2 * first.gradient()[i] + 7 * second.gradient()[i]) / 9;
    }
    assertThat(together.gradient()).containsExactly(mean, within(1e-5f));
  }

  @Test
  void theLossIsTheCrossEntropyOverTheWholeCatalogue() {
    int[] window = {5, 39};
    double expected = 0;
    for (int place = 0; place < window.length; place++) {
      float[] logits = inJava(Arrays.copyOf(window, place));
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      expected -= (logits[window[place]] - Math.log(sum)) / window.length;
    }
    assertThat(descent(List.of(window)).loss()).isCloseTo(expected, within(1e-4));
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    List<int[]> windows = List.of(new int[] {7, 3, 12}, new int[] {5});
    Autograd.Descent descent = descent(windows);
    SplittableRandom random = new SplittableRandom(3);
    float step = 1e-2f;
    for (int matrix = 0; matrix < LAYOUT.matrices().size(); matrix++) {
      int from = LAYOUT.offset(matrix);
      int at = from + random.nextInt(LAYOUT.offset(matrix + 1) - from);
      double slope = (lossWith(windows, at, step) - lossWith(windows, at, -step)) / (2 * step);
      assertThat((double) descent.gradient()[at])
          .as("parameter %d of matrix %d", at - from, matrix)
          .isCloseTo(slope, within(2e-3));
    }
  }

  private static double lossWith(List<int[]> windows, int at, float change) {
    float[] changed = PARAMETERS.clone();
    changed[at] += change;
    return Autograd.value(
        LAYOUT, changed, new SasrecGraph(SHAPE, batch(windows), Dropout.NONE)::loss)[0];
  }

  @Test
  void aPlaceForetellsWhatFollowsWithinTheHorizonAndItsWindow() {
    int[] window = {10, 11, 12, 13};
    boolean[][] seen = new boolean[4][4];
    for (int seed = 0; seed < 100; seed++) {
      long[] targets = SequenceBatch.of(List.of(window), 2, new SplittableRandom(seed)).targets();
      for (int place = 0; place < 4; place++) {
        seen[place][(int) targets[place] - 10] = true;
      }
    }
    assertThat(seen)
        .isDeepEqualTo(
            new boolean[][] {
              {true, true, false, false},
              {false, true, true, false},
              {false, false, true, true},
              {false, false, false, true}
            });
    assertThat(batch(List.of(window)).targets()).containsExactly(10, 11, 12, 13);
  }

  @Test
  void dropoutLeavesOutTheShareAndKeepsTheMean() {
    Dropout half = Dropout.of(0.25, new SplittableRandom(9));
    float[] kept =
        Autograd.value(
            LAYOUT,
            PARAMETERS,
            parameters -> half.of(parameters.head().onesLike().repeat(0, 5_000)));
    double mean = 0;
    int zeros = 0;
    for (float each : kept) {
      mean += each / kept.length;
      zeros += each == 0 ? 1 : 0;
    }
    assertThat((double) zeros / kept.length).isCloseTo(0.25, within(0.01));
    assertThat(mean).isCloseTo(1, within(0.02));
  }
}
