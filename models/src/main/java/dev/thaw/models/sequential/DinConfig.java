package dev.thaw.models.sequential;

import java.util.Map;

/**
 * @param dimension of items
 * @param length newest likes that are looked at
 * @param unit hidden units of the activation unit
 * @param hidden units of the layer before the score
 * @param negatives other items that each foretold one is told from
 * @param perUser likes of each user that are foretold in an epoch, at most
 * @param learningRate of Adam
 * @param decay of the item embeddings, see {@link dev.thaw.models.training.Adam}
 * @param batch likes foretold in one step
 * @param epochs at most; those after the best one on held-out users are not kept
 * @param patience epochs without a better one after which it ends
 */
public record DinConfig(
    int dimension,
    int length,
    int unit,
    int hidden,
    int negatives,
    int perUser,
    double learningRate,
    double decay,
    int batch,
    int epochs,
    int patience) {

  public static final DinConfig DEFAULT =
      new DinConfig(32, 20, 16, 32, 20, 8, 0.002, 0.1, 128, 40, 4);

  public DinConfig {
    Bounds.requireIn("length", length, SasrecShape.MAX_LENGTH);
    Bounds.requireIn("negatives", negatives, Integer.MAX_VALUE);
    Bounds.requireIn("perUser", perUser, Integer.MAX_VALUE);
    Bounds.requireSteps(0, learningRate, decay, batch, epochs, patience);
  }

  public DinConfig withSize(int newDimension, int newLength, int newUnit, int newHidden) {
    return new DinConfig(
        newDimension,
        newLength,
        newUnit,
        newHidden,
        negatives,
        perUser,
        learningRate,
        decay,
        batch,
        epochs,
        patience);
  }

  public DinConfig withSamples(int newNegatives, int newPerUser) {
    return new DinConfig(
        dimension,
        length,
        unit,
        hidden,
        newNegatives,
        newPerUser,
        learningRate,
        decay,
        batch,
        epochs,
        patience);
  }

  public DinConfig withSteps(double newLearningRate, double newDecay, int newBatch, int newEpochs) {
    return new DinConfig(
        dimension,
        length,
        unit,
        hidden,
        negatives,
        perUser,
        newLearningRate,
        newDecay,
        newBatch,
        newEpochs,
        patience);
  }

  /** Of a catalogue of so many items. */
  public DinShape shape(int items) {
    return new DinShape(items, dimension, unit, hidden);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.ofEntries(
        Map.entry("dimension", "" + dimension),
        Map.entry("length", "" + length),
        Map.entry("unit", "" + unit),
        Map.entry("hidden", "" + hidden),
        Map.entry("negatives", "" + negatives),
        Map.entry("per_user", "" + perUser),
        Map.entry("learning_rate", "" + learningRate),
        Map.entry("decay", "" + decay),
        Map.entry("batch", "" + batch),
        Map.entry("epochs", "" + epochs),
        Map.entry("patience", "" + patience));
  }
}
