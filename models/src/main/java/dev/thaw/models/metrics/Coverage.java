package dev.thaw.models.metrics;

import java.util.BitSet;

/** Which part of a catalogue is ever recommended. Mutable; one thread. */
public final class Coverage {
  private final int catalogue;
  private final BitSet shown = new BitSet();

  /**
   * @param catalogue number of items, above 0
   */
  public Coverage(int catalogue) {
    if (catalogue < 1) {
      throw new IllegalArgumentException("catalogue must be >= 1, was " + catalogue);
    }
    this.catalogue = catalogue;
  }

  public void add(int[] list) {
    for (int item : list) {
      shown.set(item);
    }
  }

  /** Items shown over items there, in [0, 1]. */
  public double share() {
    return (double) shown.cardinality() / catalogue;
  }
}
