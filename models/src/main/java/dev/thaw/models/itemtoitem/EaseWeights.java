package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * {@link Similarity#EASE}. Inverts the smaller of the two sides: {@code P = (X'X + lambda I)^-1}
 * over items, or by the Woodbury identity {@code P = (I - X'(XX' + lambda I)^-1 X) / lambda} over
 * users. O(side^3), and side^2 doubles of memory; of more than {@value #MAX_SIDE} users and items
 * an even spread of so many users is learned from.
 */
final class EaseWeights implements ItemWeights {
  static final int MAX_SIDE = 4_000;
  private final Interactions positives;
  private final double lambda;
  private final int[] users;

  /** Number among {@link #users}, -1 for those left out. */
  private final int[] place;

  private final boolean byItems;
  private final DMatrixRMaj inverse;
  private final double[] diagonal;

  EaseWeights(Interactions positives, double lambda) {
    this.positives = positives;
    this.lambda = lambda;
    int[] all = rows(positives);
    int items = positives.items().size();
    this.byItems = isByItems(positives, all.length);
    this.users = byItems ? all : spread(all);
    this.place = new int[positives.users().size()];
    Arrays.fill(place, -1);
    for (int u = 0; u < users.length; u++) {
      place[users[u]] = u;
    }
    this.inverse = inverse(byItems ? itemGram() : userGram());
    this.diagonal = new double[items];
    for (int item = 0; item < items; item++) {
      diagonal[item] = byItems ? inverse.get(item, item) : (1 - quadratic(item)) / lambda;
    }
  }

  private static boolean isByItems(Interactions positives, int users) {
    return positives.items().size() <= Math.min(users, MAX_SIDE);
  }

  /** How many users it learns from. */
  static int learned(Interactions positives) {
    int all = rows(positives).length;
    return isByItems(positives, all) ? all : Math.min(all, MAX_SIDE);
  }

  /** Whether it learns from all users. */
  static boolean isWhole(Interactions positives) {
    int all = rows(positives).length;
    return isByItems(positives, all) || all <= MAX_SIDE;
  }

  private static int[] rows(Interactions positives) {
    return java.util.stream.IntStream.range(0, positives.users().size())
        .filter(user -> positives.rowLength(user) > 0)
        .toArray();
  }

  private static int[] spread(int[] users) {
    int[] some = new int[Math.min(users.length, MAX_SIDE)];
    for (int u = 0; u < some.length; u++) {
      some[u] = users[(int) ((long) u * users.length / some.length)];
    }
    return some;
  }

  private DMatrixRMaj itemGram() {
    int size = positives.items().size();
    DMatrixRMaj gram = new DMatrixRMaj(size, size);
    for (int user : users) {
      for (int a = positives.rowStart(user); a < positives.rowStart(user + 1); a++) {
        int row = positives.rowItem(a) * size;
        for (int b = positives.rowStart(user); b < positives.rowStart(user + 1); b++) {
          gram.data[row + positives.rowItem(b)]++;
        }
      }
    }
    return gram;
  }

  private DMatrixRMaj userGram() {
    int size = users.length;
    DMatrixRMaj gram = new DMatrixRMaj(size, size);
    for (int item = 0; item < positives.items().size(); item++) {
      int end = positives.columnStart(item) + positives.columnLength(item);
      for (int a = positives.columnStart(item); a < end; a++) {
        int row = place[positives.columnUser(a)];
        for (int b = positives.columnStart(item); row >= 0 && b < end; b++) {
          int column = place[positives.columnUser(b)];
          if (column >= 0) {
            gram.data[row * size + column]++;
          }
        }
      }
    }
    return gram;
  }

  private DMatrixRMaj inverse(DMatrixRMaj gram) {
    int size = gram.numRows;
    for (int i = 0; i < size; i++) {
      gram.add(i, i, lambda);
    }
    DMatrixRMaj out = new DMatrixRMaj(size, size);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
    if (size > 0) {
      if (!solver.setA(gram)) {
        throw new ArithmeticException(
            "gram matrix of " + size + " with lambda " + lambda + " is not positive definite");
      }
      solver.invert(out);
    }
    return out;
  }

  /** {@code x' A x} of an item's column x. */
  private double quadratic(int item) {
    double sum = 0;
    int end = positives.columnStart(item) + positives.columnLength(item);
    for (int a = positives.columnStart(item); a < end; a++) {
      int row = place[positives.columnUser(a)];
      for (int b = positives.columnStart(item); row >= 0 && b < end; b++) {
        int column = place[positives.columnUser(b)];
        sum += column < 0 ? 0 : inverse.unsafe_get(row, column);
      }
    }
    return sum;
  }

  @Override
  public void of(int item, WeightRow out) {
    double[] row = new double[out.items()];
    if (byItems) {
      System.arraycopy(inverse.data, item * row.length, row, 0, row.length);
    } else {
      byUsers(item, row);
    }
    for (int other = 0; other < row.length; other++) {
      out.set(other, (float) (-row[other] / diagonal[other]));
    }
    out.set(item, 0);
  }

  /** A row of P but for its diagonal. */
  private void byUsers(int item, double[] row) {
    double[] projected = new double[users.length];
    int end = positives.columnStart(item) + positives.columnLength(item);
    for (int at = positives.columnStart(item); at < end; at++) {
      int user = place[positives.columnUser(at)];
      for (int u = 0, from = user * users.length; user >= 0 && u < users.length; u++) {
        projected[u] += inverse.data[from++];
      }
    }
    for (int u = 0; u < users.length; u++) {
      double share = projected[u] / lambda;
      for (int at = positives.rowStart(users[u]); at < positives.rowStart(users[u] + 1); at++) {
        row[positives.rowItem(at)] -= share;
      }
    }
  }
}
