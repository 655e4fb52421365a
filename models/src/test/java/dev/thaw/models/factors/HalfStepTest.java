package dev.thaw.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.training.RowTasks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** A half-step against the normal equations, formed and solved as they are written. */
class HalfStepTest {
  private static final int COLUMNS = 90;

  /** Fewer than any rank here, as many as one of them, and more. */
  private static final int[] LIKES = {0, 1, 2, 5, 16, 17, 40, COLUMNS};

  /** The first likes of each row are of the first columns, turned by the row's number. */
  private static final class Likes implements HalfStep.Rows {
    private final int[] start = new int[LIKES.length + 1];

    Likes() {
      for (int row = 0; row < LIKES.length; row++) {
        start[row + 1] = start[row] + LIKES[row];
      }
    }

    @Override
    public int size() {
      return LIKES.length;
    }

    @Override
    public int start(int row) {
      return start[row];
    }

    @Override
    public int column(int entry) {
      int row = 0;
      while (start[row + 1] <= entry) {
        row++;
      }
      return (entry - start[row] + 7 * row) % COLUMNS;
    }

    @Override
    public double residual(int row, int entry) {
      return Math.sin(entry);
    }
  }

  @Test
  void implicitRowsSolveTheNormalEquations() {
    // few steps
    checkImplicit(16, 0.01, 30, 1);
    checkImplicit(16, 1, 5, 1);
    checkImplicit(17, 1, 0.1, 1);
    checkImplicit(1, 1, 5, 1);
    // a long way, or given up on the way
    checkImplicit(16, 40, 0.5, 1);
    checkImplicit(30, 1e6, 1, 1);
    checkImplicit(16, 40, 1e-6, 1);
    // next to nothing but lambda
    checkImplicit(16, 1e-9, 1e6, 1);
    // too ill-conditioned to be whitened
    checkImplicit(16, 1, 1e-7, 30);
  }

  private static void checkImplicit(int rank, double alpha, double lambda, double deviation) {
    float[] fixed = fixed(rank, deviation);
    Likes likes = new Likes();
    FoldIn foldIn = FoldIn.implicit(lambda, alpha, 0);
    float[] out = solve(foldIn, likes, fixed, rank, 1);
    for (int row = 0; row < likes.size(); row++) {
      Equations equations = new Equations(rank, lambda);
      for (int column = 0; column < COLUMNS; column++) {
        equations.add(fixed, column, 1, 0);
      }
      for (int at = likes.start(row); at < likes.start(row + 1); at++) {
        equations.add(fixed, likes.column(at), alpha, 1 + alpha);
      }
      same(out, row, equations.solution());
    }
    assertThat(solve(foldIn, likes, fixed, rank, 4)).isEqualTo(out);
  }

  @Test
  void explicitRowsSolveTheNormalEquations() {
    checkExplicit(1, 5, 0);
    checkExplicit(16, 0.1, 1);
    checkExplicit(17, 1, 0.5);
    checkExplicit(30, 1e-3, 0);
  }

  private static void checkExplicit(int rank, double lambda, double countPower) {
    float[] fixed = fixed(rank, 1);
    Likes likes = new Likes();
    float[] out = solve(FoldIn.explicit(lambda, countPower), likes, fixed, rank, 2);
    for (int row = 0; row < likes.size(); row++) {
      double ridge = lambda * Math.pow(Math.max(1, LIKES[row]), countPower);
      Equations equations = new Equations(rank, ridge);
      for (int at = likes.start(row); at < likes.start(row + 1); at++) {
        equations.add(fixed, likes.column(at), 1, likes.residual(row, at));
      }
      same(out, row, equations.solution());
    }
  }

  /** Of one row, in full and solved by elimination. */
  private static final class Equations {
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;

    Equations(int rank, double ridge) {
      this.a = CommonOps_DDRM.diag(DoubleStream.generate(() -> ridge).limit(rank).toArray());
      this.b = new DMatrixRMaj(rank, 1);
    }

    void add(float[] fixed, int column, double weight, double target) {
      int rank = b.numRows;
      for (int i = 0; i < rank; i++) {
        double value = fixed[column * rank + i];
        b.add(i, 0, target * value);
        for (int j = 0; j < rank; j++) {
          a.add(i, j, weight * value * fixed[column * rank + j]);
        }
      }
    }

    double[] solution() {
      DMatrixRMaj x = new DMatrixRMaj(b.numRows, 1);
      assertThat(CommonOps_DDRM.solve(a, b, x)).isTrue();
      return x.data;
    }
  }

  @Test
  void conjugateGradientsSolveWhatAlphaKeepsNearTheSharedPart() {
    int rank = 16;
    assertThat(solvedBySteps(rank, 0.01)).isEqualTo(LIKES.length);
    assertThat(solvedBySteps(rank, 1e6)).isLessThan(LIKES.length);
  }

  /** How many of the rows are not given up. */
  private static int solvedBySteps(int rank, double alpha) {
    float[] fixed = fixed(rank, 1);
    Likes likes = new Likes();
    float[] out = new float[LIKES.length * rank];
    int solved = 0;
    try (RowTasks tasks = new RowTasks(1)) {
      WhitenedSide side =
          WhitenedSide.of(Gram.of(fixed, rank, 1), 1, fixed, rank, tasks).orElseThrow();
      ConjugateGradient gradient = new ConjugateGradient(side, alpha);
      for (int row = 0; row < likes.size(); row++) {
        gradient.start(LIKES[row]);
        for (int at = likes.start(row); at < likes.start(row + 1); at++) {
          gradient.add(likes.column(at));
        }
        solved += gradient.solve(out, row) ? 1 : 0;
      }
    }
    return solved;
  }

  @Test
  void aSideOfEigenvaluesTooFarApartIsNotWhitened() {
    float[] fixed = fixed(16, 30);
    try (RowTasks tasks = new RowTasks(1)) {
      assertThat(WhitenedSide.of(Gram.of(fixed, 16, 1e-7), 1e-7, fixed, 16, tasks)).isEmpty();
      assertThat(WhitenedSide.of(Gram.of(fixed, 16, 1), 1, fixed, 16, tasks)).isPresent();
    }
  }

  private static float[] solve(
      FoldIn foldIn, HalfStep.Rows rows, float[] fixed, int rank, int threads) {
    float[] out = new float[rows.size() * rank];
    try (RowTasks tasks = new RowTasks(threads, 1)) {
      double[] gram = Gram.of(fixed, rank, foldIn.lambda(), tasks);
      HalfStep.solve(rows, foldIn, gram, fixed, rank, out, tasks);
    }
    return out;
  }

  private static void same(float[] out, int row, double[] expected) {
    double longest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) out[row * expected.length + i])
          .isCloseTo(expected[i], within(1e-6 * longest));
    }
  }

  /** Components whose deviation falls from the given one to a hundredth of it. */
  private static float[] fixed(int rank, double deviation) {
    RandomGenerator random = new SplittableRandom(5);
    float[] fixed = new float[COLUMNS * rank];
    for (int at = 0; at < fixed.length; at++) {
      fixed[at] =
          (float) (random.nextGaussian() * deviation * Math.pow(0.01, (double) (at % rank) / rank));
    }
    return fixed;
  }
}
