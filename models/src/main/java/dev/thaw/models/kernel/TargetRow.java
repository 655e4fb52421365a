package dev.thaw.models.kernel;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import java.util.BitSet;
import org.ejml.data.DMatrixRMaj;

/**
 * What a user's scores of the target's items should be: most where the user liked the item, half of
 * it where it was only met, since what was met says what interests, too, and zero elsewhere. A long
 * history has less of each, as {@code length^-0.2}, so that a few users with long ones don't decide
 * alone. Found on validation users of the Amazon domains. Immutable.
 */
public final class TargetRow {
  private static final float MET = 0.5f;
  private static final double DAMPING = 0.2;

  private final int[] items;
  private final float[] values;

  private TargetRow(int[] items, float[] values) {
    this.items = items;
    this.values = values;
  }

  /** Items that the dictionary lacks have no part. */
  public static TargetRow of(History history, ItemDictionary items, RatingScale scale) {
    int[] known =
        history.entries().stream()
            .mapToInt(entry -> items.indexOf(entry.item()))
            .filter(item -> item >= 0)
            .toArray();
    float weight = (float) Math.pow(Math.max(1, known.length), -DAMPING);
    float[] values = new float[known.length];
    int at = 0;
    for (History.Entry entry : history.entries()) {
      if (items.indexOf(entry.item()) >= 0) {
        values[at++] = scale.isPositive(entry.strength()) ? weight : MET * weight;
      }
    }
    return new TargetRow(known, values);
  }

  /** Adds the numbers of its items. */
  void addTo(BitSet numbers) {
    for (int item : items) {
      numbers.set(item);
    }
  }

  /** Writes row * matrix into a row of the result. */
  void times(DMatrixRMaj matrix, DMatrixRMaj out, int row) {
    int width = matrix.numCols;
    for (int i = 0; i < items.length; i++) {
      for (int c = 0, from = items[i] * width, to = row * width; c < width; c++) {
        out.data[to++] += values[i] * matrix.data[from++];
      }
    }
  }

  /** Adds this row, transposed, times a row of the matrix. */
  void addTimes(DMatrixRMaj matrix, int row, DMatrixRMaj out) {
    int width = matrix.numCols;
    for (int i = 0; i < items.length; i++) {
      for (int c = 0, from = row * width, to = items[i] * width; c < width; c++) {
        out.data[to++] += values[i] * matrix.data[from++];
      }
    }
  }
}
