package dev.thaw.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

class ReducedRankRidgeTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);

  private static final int USERS = 30;
  private static final int ITEMS = 20;
  private static final double LAMBDA = 0.7;

  private final SplittableRandom random = new SplittableRandom(3);
  private final ItemDictionary target = items("t");
  private final HistoryKernel kernel = HistoryKernel.of(items("s"), STARS, histories("s"));
  private final List<History> liked = histories("t");
  private final List<TargetRow> rows =
      liked.stream().map(history -> TargetRow.of(history, target, STARS)).toList();

  private static ItemDictionary items(String prefix) {
    return ItemDictionary.of(
        IntStream.range(0, ITEMS).mapToObj(i -> new ItemId(prefix + i)).toList());
  }

  private List<History> histories(String prefix) {
    List<History> histories = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      List<History.Entry> entries = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        if (random.nextInt(3) == 0) {
          entries.add(new History.Entry(new ItemId(prefix + i), 1 + random.nextInt(5), 0));
        }
      }
      histories.add(new History(entries.size(), entries));
    }
    return histories;
  }

  /** Users x items, by the formula. */
  private DMatrixRMaj scores() {
    DMatrixRMaj wanted = new DMatrixRMaj(USERS, ITEMS);
    for (int u = 0; u < USERS; u++) {
      double damped = Math.pow(liked.get(u).entries().size(), -0.2);
      for (History.Entry entry : liked.get(u).entries()) {
        wanted.set(u, target.indexOf(entry.item()), entry.strength() >= 4 ? damped : damped / 2);
      }
    }
    DMatrixRMaj regularised = kernel.matrix();
    CommonOps_DDRM.addEquals(regularised, LAMBDA, CommonOps_DDRM.identity(USERS));
    DMatrixRMaj dual = new DMatrixRMaj(USERS, ITEMS);
    CommonOps_DDRM.solve(regularised, wanted, dual);
    return CommonOps_DDRM.mult(kernel.matrix(), dual, null);
  }

  /** How far the solution's scores are from the formula's, by the Frobenius norm. */
  private double missed(int rank) {
    DMatrixRMaj k = kernel.matrix();
    ReducedRankRidge.Solution solution =
        new ReducedRankRidge(k, k, rows, ITEMS, LAMBDA).solve(rank, new SplittableRandom(9));
    DMatrixRMaj users = CommonOps_DDRM.mult(k, solution.coefficients(), null);
    DMatrixRMaj solved = CommonOps_DDRM.multTransB(users, solution.items(), null);
    return NormOps_DDRM.normF(CommonOps_DDRM.subtract(solved, scores(), null));
  }

  @Test
  void withAllDirectionsItIsKernelRidge() {
    assertThat(missed(ITEMS)).isCloseTo(0, within(1e-6));
  }

  @Test
  void withFewItIsTheNearestMatrixOfThatRank() {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(USERS, ITEMS, false, false, true);
    svd.decompose(scores());
    double[] values = svd.getSingularValues();
    Arrays.sort(values);
    double least = 0;
    for (int i = 0; i < ITEMS - 4; i++) {
      least += values[i] * values[i];
    }
    assertThat(missed(4)).isCloseTo(Math.sqrt(least), within(1e-3 * Math.sqrt(least)));
  }

  @Test
  void anItemThatNobodyMetHasNoPlaceWhereverItStands() {
    int columns = ITEMS + 1;
    DMatrixRMaj k = kernel.matrix();
    for (int rank : new int[] {4, columns}) {
      DMatrixRMaj items =
          new ReducedRankRidge(k, k, rows, columns, LAMBDA)
              .solve(rank, new SplittableRandom(9))
              .items();
      for (int dimension = 0; dimension < rank; dimension++) {
        assertThat(items.get(ITEMS, dimension)).isZero();
      }
      assertThat(items.get(0, 0)).isNotZero();
    }
  }

  @Test
  void moreDirectionsThanThereAreGivesThoseThereAre() {
    assertThat(missed(10 * ITEMS)).isCloseTo(0, within(1e-6));
  }
}
