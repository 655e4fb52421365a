package dev.thaw.models.sequential;

import dev.thaw.models.sequential.ParameterLayout.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a SASRec of so many items. A sequence begins with a start of its own, so that
 * an empty one has an answer, and has at most {@code length + 1} places.
 *
 * @param items of the catalogue
 * @param dimension d
 * @param length items of a sequence
 * @param blocks of self-attention
 */
public record SasrecShape(int items, int dimension, int length, int blocks) {
  static final int MAX_DIMENSION = 512;
  static final int MAX_LENGTH = 1_000;
  static final int MAX_BLOCKS = 8;

  public SasrecShape {
    Bounds.requireIn("dimension", dimension, MAX_DIMENSION);
    Bounds.requireIn("items", items, Integer.MAX_VALUE / dimension);
    Bounds.requireIn("length", length, MAX_LENGTH);
    Bounds.requireIn("blocks", blocks, MAX_BLOCKS);
  }

  /** Matrices of one block, in their order: those of vectors have one row, the others d. */
  public enum BlockPart {
    ATTENTION_SCALE,
    ATTENTION_SHIFT,
    QUERY,
    KEY,
    VALUE,
    FEED_SCALE,
    FEED_SHIFT,
    INNER,
    INNER_BIAS,
    OUTER,
    OUTER_BIAS;

    boolean isSquare() {
      return this == QUERY || this == KEY || this == VALUE || this == INNER || this == OUTER;
    }

    /** Whether it multiplies a standardised vector, and begins at ones. */
    public boolean isScale() {
      return this == ATTENTION_SCALE || this == FEED_SCALE;
    }
  }

  /** Matrices after the blocks, in their order. */
  public enum Rest {
    FINAL_SCALE,
    FINAL_SHIFT,
    START,
    /** One row a place. */
    POSITIONS,
    /** One number an item. */
    ITEM_BIAS,
    /** One row an item; the last of all. */
    ITEMS
  }

  /** Number of a matrix in the {@link #layout}. */
  public static int index(int block, BlockPart part) {
    return block * BlockPart.values().length + part.ordinal();
  }

  /** Number of a matrix in the {@link #layout}. */
  public int index(Rest part) {
    return blocks * BlockPart.values().length + part.ordinal();
  }

  /**
   * @throws ArithmeticException if there are more parameters than an array can hold
   */
  public ParameterLayout layout() {
    List<Matrix> matrices = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      for (BlockPart part : BlockPart.values()) {
        matrices.add(new Matrix(part.isSquare() ? dimension : 1, dimension));
      }
    }
    matrices.add(new Matrix(1, dimension));
    matrices.add(new Matrix(1, dimension));
    matrices.add(new Matrix(1, dimension));
    matrices.add(new Matrix(length + 1, dimension));
    matrices.add(new Matrix(1, items));
    matrices.add(new Matrix(items, dimension));
    return new ParameterLayout(matrices);
  }
}
