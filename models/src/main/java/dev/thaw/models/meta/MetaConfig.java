package dev.thaw.models.meta;

import java.util.Map;

/**
 * @param dimension of an embedding row
 * @param hidden units of each hidden layer
 * @param secondOrder exact gradients; without, FOMAML
 * @param delta of the query's loss, in units of the biases' residuals: see {@link MetaGradient}
 * @param learningRate of Adam, warmed up over the first epoch and falling to 0 as a cosine
 * @param decay of the embeddings, see {@link dev.thaw.models.training.Adam}
 * @param batch users of one step
 * @param epochs over all users
 * @param query ratings of a user that are asked, half of them where there are few; the others are
 *     the support
 */
public record MetaConfig(
    int dimension,
    int hidden,
    InnerLoop inner,
    boolean secondOrder,
    double delta,
    double learningRate,
    double decay,
    int batch,
    int epochs,
    int query) {
  static final int MAX_WIDTH = 512;

  /**
   * What did best on validation users of MovieLens 1M; of the deltas, the least one with which both
   * the absolute and the squared error are below those of the factors that are learned over.
   */
  public static final MetaConfig DEFAULT =
      new MetaConfig(
          16, 64, new InnerLoop(AdaptedPart.DECISION, 1, 0.1), true, 1, 0.003, 0.3, 32, 6, 10);

  public MetaConfig {
    if (dimension < 1 || dimension > MAX_WIDTH || hidden < 1 || hidden > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "dimension and hidden must be in [1, "
              + MAX_WIDTH
              + "], were "
              + dimension
              + ", "
              + hidden);
    }
    if (!(learningRate > 0) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "needs learningRate > 0 and decay >= 0, was " + learningRate + ", " + decay);
    }
    if (!(delta > 0)) {
      throw new IllegalArgumentException("delta must be > 0, was " + delta);
    }
    if (batch < 1 || epochs < 1 || query < 1) {
      throw new IllegalArgumentException(
          "needs batch, epochs and query >= 1, was " + batch + ", " + epochs + ", " + query);
    }
  }

  /** The same with another inner loop. */
  public MetaConfig withInner(InnerLoop other) {
    return new MetaConfig(
        dimension, hidden, other, secondOrder, delta, learningRate, decay, batch, epochs, query);
  }

  /** The same with exact or first-order gradients. */
  public MetaConfig withSecondOrder(boolean exact) {
    return new MetaConfig(
        dimension, hidden, inner, exact, delta, learningRate, decay, batch, epochs, query);
  }

  /** The same with another learning rate. */
  public MetaConfig withLearningRate(double rate) {
    return new MetaConfig(
        dimension, hidden, inner, secondOrder, delta, rate, decay, batch, epochs, query);
  }

  /** The same with another decay of the embeddings. */
  public MetaConfig withDecay(double other) {
    return new MetaConfig(
        dimension, hidden, inner, secondOrder, delta, learningRate, other, batch, epochs, query);
  }

  /** The same over so many epochs. */
  public MetaConfig withEpochs(int other) {
    return new MetaConfig(
        dimension, hidden, inner, secondOrder, delta, learningRate, decay, batch, other, query);
  }

  /** The same with other widths. */
  public MetaConfig withSize(int newDimension, int newHidden) {
    return new MetaConfig(
        newDimension,
        newHidden,
        inner,
        secondOrder,
        delta,
        learningRate,
        decay,
        batch,
        epochs,
        query);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.ofEntries(
        Map.entry("delta", "" + delta),
        Map.entry("dimension", "" + dimension),
        Map.entry("hidden", "" + hidden),
        Map.entry("adapted", inner.part().name().toLowerCase(java.util.Locale.ROOT)),
        Map.entry("inner_steps", "" + inner.steps()),
        Map.entry("inner_rate", "" + inner.rate()),
        Map.entry("gradients", secondOrder ? "second-order" : "first-order"),
        Map.entry("learning_rate", "" + learningRate),
        Map.entry("decay", "" + decay),
        Map.entry("epochs", "" + epochs),
        Map.entry("query", "" + query));
  }
}
