package dev.thaw.models.kernel;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * How alike a history is to those of some users: {@link TangentKernel} over the cosine of their
 * rows, in which a liked item weighs more than one that was only met. A history without any known
 * item is equally alike to all. Immutable, thread-safe.
 */
public final class HistoryKernel {
  private static final float MET = 1;
  private static final float LIKED = 1.5f;

  private final ItemDictionary items;
  private final List<Row> rows;
  private final int[][] usersOf;
  private final float[][] weightsOf;

  /** Known items with weights of unit length. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Row(int[] items, float[] weights) {}

  private HistoryKernel(ItemDictionary items, List<Row> rows) {
    this.items = items;
    this.rows = rows;
    int[] counts = new int[items.size()];
    rows.forEach(
        row -> {
          for (int item : row.items) {
            counts[item]++;
          }
        });
    usersOf = new int[items.size()][];
    weightsOf = new float[items.size()][];
    for (int item = 0; item < counts.length; item++) {
      usersOf[item] = new int[counts[item]];
      weightsOf[item] = new float[counts[item]];
    }
    for (int user = rows.size() - 1; user >= 0; user--) {
      Row row = rows.get(user);
      for (int i = 0; i < row.items.length; i++) {
        int item = row.items[i];
        int at = --counts[item];
        usersOf[item][at] = user;
        weightsOf[item][at] = row.weights[i];
      }
    }
  }

  /**
   * @param users with whom others are compared
   */
  public static HistoryKernel of(ItemDictionary items, RatingScale scale, List<History> users) {
    return new HistoryKernel(
        items, users.stream().map(history -> row(history, items, scale)).toList());
  }

  private static Row row(History history, ItemDictionary items, RatingScale scale) {
    int[] known = new int[history.entries().size()];
    float[] weights = new float[known.length];
    int size = 0;
    double square = 0;
    for (History.Entry entry : history.entries()) {
      int item = items.indexOf(entry.item());
      if (item >= 0) {
        known[size] = item;
        weights[size] = scale.isPositive(entry.strength()) ? LIKED : MET;
        square += weights[size] * weights[size];
        size++;
      }
    }
    float[] unit = new float[size];
    for (int i = 0; i < size; i++) {
      unit[i] = (float) (weights[i] / Math.sqrt(square));
    }
    return new Row(Arrays.copyOf(known, size), unit);
  }

  /** Whether any item of the history is known. */
  public boolean knows(History history) {
    return history.entries().stream().anyMatch(entry -> items.indexOf(entry.item()) >= 0);
  }

  /** Users whose histories others are compared with. */
  public int size() {
    return rows.size();
  }

  /**
   * One value per user, in [0, 1]. O(users who share an item + users).
   *
   * @param scale of the source
   */
  public double[] of(History history, RatingScale scale) {
    return of(row(history, items, scale));
  }

  private double[] of(Row row) {
    double[] values = new double[rows.size()];
    for (int i = 0; i < row.items.length; i++) {
      int[] users = usersOf[row.items[i]];
      float[] weights = weightsOf[row.items[i]];
      for (int at = 0; at < users.length; at++) {
        values[users[at]] += row.weights[i] * weights[at];
      }
    }
    for (int user = 0; user < values.length; user++) {
      values[user] = TangentKernel.of(values[user]);
    }
    return values;
  }

  /** Of the users with each other, users x users. */
  public DMatrixRMaj matrix() {
    DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), rows.size());
    for (int user = 0; user < rows.size(); user++) {
      System.arraycopy(of(rows.get(user)), 0, matrix.data, user * rows.size(), rows.size());
    }
    return matrix;
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    items.write(out);
    out.writeCount(rows.size());
    for (Row row : rows) {
      out.writeCount(row.items.length);
      for (int item : row.items) {
        out.writeCount(item);
      }
      FloatArrays.write(out, row.weights);
    }
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static HistoryKernel read(BinaryReader in) {
    ItemDictionary items = ItemDictionary.read(in);
    int size = in.readSize(1);
    List<Row> rows = new ArrayList<>(size);
    for (int user = 0; user < size; user++) {
      rows.add(readRow(in, items.size()));
    }
    return new HistoryKernel(items, List.copyOf(rows));
  }

  private static Row readRow(BinaryReader in, int items) {
    int[] known = in.readNumbers(items, "item");
    float[] weights = FloatArrays.read(in);
    if (weights.length != known.length) {
      throw in.damaged(weights.length + " weights of " + known.length + " items");
    }
    return new Row(known, weights);
  }
}
