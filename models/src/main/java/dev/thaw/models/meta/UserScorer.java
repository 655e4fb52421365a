package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.ItemId;

/**
 * One user's network, unpacked: forward passes only. With adapted later layers items' half of the
 * first layer is precomputed; where all decision layers adapt it is made anew. Holds the memory of
 * one thread. O(candidates * hidden^2), and O(candidates * itemWidth * hidden) more in the latter
 * case.
 */
public final class UserScorer {
  private final RatingBaseline base;
  private final double unit;
  private final MetaNetwork network;
  private final AdaptedLayers user;
  private final InnerLoop inner;
  private final double[] own;
  private final double[] userHalf;
  private final DecisionLayers layers;

  UserScorer(
      RatingBaseline base, double unit, MetaNetwork network, InnerLoop inner, AdaptedLayers user) {
    this.base = base;
    this.unit = unit;
    this.network = network;
    this.inner = inner;
    this.user = user;
    this.own = network.own(user, inner);
    this.userHalf = user.userHalf();
    this.layers = new DecisionLayers(network.shape());
  }

  private double[] outputs(int[] items) {
    return inner.part() == AdaptedPart.DECISION
        ? layers.forward(own, userHalf, network.inputs(items))
        : layers.forward(own, userHalf, network.itemHalves(), items);
  }

  /**
   * Predicted ratings less {@code mu + b_u}, which is the same for all items.
   *
   * @param candidates numbers of items
   * @param out one place for each candidate
   */
  public void score(int[] candidates, float[] out) {
    double[] outputs = outputs(candidates);
    for (int i = 0; i < candidates.length; i++) {
      out[i] = (float) (base.score(user.base(), candidates[i]) + unit * outputs[i]);
    }
  }

  /**
   * What the network's output is linear in, for models that learn on it: for each candidate the
   * units of the last hidden layer, the base's score, and 1. Its own score ({@link #score}) is a
   * weighted sum of these, the last one's weight the output's bias. Where more than the output
   * adapts the units are those of this user's layers, which are some steps from where all began.
   *
   * @param candidates numbers of items
   * @return candidates x (hidden + 2)
   */
  public float[][] lastLayer(int[] candidates) {
    var unused = outputs(candidates);
    int hidden = network.shape().hidden();
    float[][] rows = new float[candidates.length][hidden + 2];
    for (int i = 0; i < rows.length; i++) {
      layers.lastHidden(i, rows[i]);
      rows[i][hidden] = (float) base.score(user.base(), candidates[i]);
      rows[i][hidden + 1] = 1;
    }
    return rows;
  }

  /** {@code mu + b_u}. */
  double level() {
    return base.biases().mean() + user.base().bias();
  }

  /** Clipped to the scale; {@code mu + b_u} for items not there in training. */
  public double rating(ItemId item) {
    int number = base.items().indexOf(item);
    double more = number < 0 ? 0 : unit * outputs(new int[] {number})[0];
    return base.clipped(user.base(), item, more);
  }
}
