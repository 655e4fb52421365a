package dev.thaw.models.sequential;

import java.util.Map;

/**
 * @param dimension of items, positions and everything between
 * @param length newest likes that are looked at
 * @param blocks of self-attention, one after the other
 * @param horizon how far ahead foretold likes are: each place foretells one of the next so many,
 *     each as likely; 1 as in the paper, more as the dense all-action loss of Pancha et al.
 *     (PinnerFormer, KDD 2022), for models that are asked for all that follows
 * @param dropout share of the embeddings and of each block's additions that is left out in training
 * @param learningRate of Adam
 * @param decay of the item embeddings, see {@link dev.thaw.models.training.Adam}
 * @param batch windows of one step
 * @param epochs at most; those after the best one on held-out users are not kept
 * @param patience epochs without a better one after which it ends
 */
public record SasrecConfig(
    int dimension,
    int length,
    int blocks,
    int horizon,
    double dropout,
    double learningRate,
    double decay,
    int batch,
    int epochs,
    int patience) {
  /**
   * Dimension and blocks about as in the paper; the rest by the loss on held-out users of MovieLens
   * 100K.
   */
  public static final SasrecConfig DEFAULT =
      new SasrecConfig(64, 50, 2, 1, 0.2, 0.002, 0, 64, 40, 3);

  public SasrecConfig {
    Bounds.requireIn("dimension", dimension, SasrecShape.MAX_DIMENSION);
    Bounds.requireIn("length", length, SasrecShape.MAX_LENGTH);
    Bounds.requireIn("blocks", blocks, SasrecShape.MAX_BLOCKS);
    Bounds.requireIn("horizon", horizon, Integer.MAX_VALUE);
    Bounds.requireSteps(dropout, learningRate, decay, batch, epochs, patience);
  }

  /** The same with other widths. */
  public SasrecConfig withSize(int newDimension, int newLength, int newBlocks) {
    return new SasrecConfig(
        newDimension,
        newLength,
        newBlocks,
        horizon,
        dropout,
        learningRate,
        decay,
        batch,
        epochs,
        patience);
  }

  /** The same, looking ahead otherwise. */
  public SasrecConfig withHorizon(int other) {
    return new SasrecConfig(
        dimension, length, blocks, other, dropout, learningRate, decay, batch, epochs, patience);
  }

  /** The same, regularised otherwise. */
  public SasrecConfig withRegularisation(double newDropout, double newDecay) {
    return new SasrecConfig(
        dimension,
        length,
        blocks,
        horizon,
        newDropout,
        learningRate,
        newDecay,
        batch,
        epochs,
        patience);
  }

  /** The same with other steps. */
  public SasrecConfig withSteps(double newRate, int newBatch, int newEpochs) {
    return new SasrecConfig(
        dimension, length, blocks, horizon, dropout, newRate, decay, newBatch, newEpochs, patience);
  }

  /** Of a catalogue of so many items. */
  public SasrecShape shape(int items) {
    return new SasrecShape(items, dimension, length, blocks);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "dimension", "" + dimension,
        "length", "" + length,
        "blocks", "" + blocks,
        "horizon", "" + horizon,
        "dropout", "" + dropout,
        "learning_rate", "" + learningRate,
        "decay", "" + decay,
        "batch", "" + batch,
        "epochs", "" + epochs,
        "patience", "" + patience);
  }
}
