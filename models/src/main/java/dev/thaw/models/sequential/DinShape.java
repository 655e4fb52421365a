package dev.thaw.models.sequential;

import dev.thaw.models.sequential.ParameterLayout.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a DIN of so many items.
 *
 * @param items of the catalogue
 * @param dimension d
 * @param unit hidden units of the activation unit
 * @param hidden units of the layer before the score
 */
public record DinShape(int items, int dimension, int unit, int hidden) {
  private static final int MAX_WIDTH = 512;

  /** Matrices, in the order of the {@link #layout}. */
  public enum Part {
    /** Activation unit: what a liked item adds, what a candidate does, and their product. */
    UNIT_LIKED,
    UNIT_CANDIDATE,
    UNIT_PRODUCT,
    UNIT_BIAS,
    UNIT_OUTPUT,
    UNIT_OUTPUT_BIAS,
    /** Layer before the score: what the interest adds, what a candidate does, their product. */
    INTEREST,
    CANDIDATE,
    PRODUCT,
    HIDDEN_BIAS,
    OUTPUT,
    /** One number an item. */
    ITEM_BIAS,
    /** One row an item. */
    ITEMS
  }

  public DinShape {
    Bounds.requireIn("dimension", dimension, MAX_WIDTH);
    Bounds.requireIn("unit", unit, MAX_WIDTH);
    Bounds.requireIn("hidden", hidden, MAX_WIDTH);
    Bounds.requireIn("items", items, Integer.MAX_VALUE / dimension);
  }

  /**
   * @throws ArithmeticException if there are more parameters than an array can hold
   */
  public ParameterLayout layout() {
    List<Matrix> matrices = new ArrayList<>();
    for (Part part : Part.values()) {
      matrices.add(
          switch (part) {
            case UNIT_LIKED, UNIT_CANDIDATE, UNIT_PRODUCT -> new Matrix(dimension, unit);
            case UNIT_BIAS -> new Matrix(1, unit);
            case UNIT_OUTPUT -> new Matrix(unit, 1);
            case UNIT_OUTPUT_BIAS -> new Matrix(1, 1);
            case INTEREST, CANDIDATE, PRODUCT -> new Matrix(dimension, hidden);
            case HIDDEN_BIAS -> new Matrix(1, hidden);
            case OUTPUT -> new Matrix(hidden, 1);
            case ITEM_BIAS -> new Matrix(items, 1);
            case ITEMS -> new Matrix(items, dimension);
          });
    }
    return new ParameterLayout(matrices);
  }
}
