package dev.thaw.models.itemtoitem;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import java.util.Arrays;

/** The values of a row that may differ from zero. Immutable, thread-safe. */
final class SparseRow {
  private final int[] columns;
  private final float[] values;

  /**
   * @param columns ascending; not copied
   * @param values in their order; not copied
   */
  SparseRow(int[] columns, float[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** The largest values of a row by size. */
  static SparseRow of(WeightRow row, int kept) {
    int[] columns = row.largest(kept);
    float[] values = new float[columns.length];
    for (int at = 0; at < columns.length; at++) {
      values[at] = row.get(columns[at]);
    }
    return new SparseRow(columns, values);
  }

  /** Zero where there is no value. O(log values). */
  float get(int column) {
    int at = Arrays.binarySearch(columns, column);
    return at < 0 ? 0 : values[at];
  }

  void addTo(float[] out, float times) {
    for (int at = 0; at < columns.length; at++) {
      out[columns[at]] += times * values[at];
    }
  }

  void write(BinaryWriter out) {
    int last = 0;
    out.writeCount(columns.length);
    for (int column : columns) {
      out.writeCount(column - last);
      last = column;
    }
    FloatArrays.write(out, values);
  }

  /**
   * @param size columns that there are
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  static SparseRow read(BinaryReader in, int size) {
    int[] columns = columns(in, size);
    float[] values = FloatArrays.read(in);
    if (values.length != columns.length) {
      throw in.damaged(values.length + " weights of " + columns.length + " items");
    }
    return new SparseRow(columns, values);
  }

  private static int[] columns(BinaryReader in, int size) {
    int[] columns = new int[in.readSize(1)];
    long last = 0;
    for (int at = 0; at < columns.length; at++) {
      last += in.readCount();
      if (last >= size) {
        throw in.damaged("weight of item " + last + " of " + size);
      }
      columns[at] = (int) last;
    }
    return columns;
  }
}
