package dev.thaw.models.factors;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * The user-and-item-bias baseline {@code mu + b_i + b_u}, biases shrunk: {@code b_i = sum(r - mu) /
 * (n_i + itemShrinkage)}, {@code b_u = sum(r - mu - b_i) / (n_u + userShrinkage)}. Koren, KDD 2008,
 * section 2.1. Immutable.
 */
public final class BiasModel {
  private final ItemDictionary items;
  private final RatingScale scale;
  private final double mean;
  private final float[] itemBias;
  private final double userShrinkage;

  BiasModel(
      ItemDictionary items,
      RatingScale scale,
      double mean,
      float[] itemBias,
      double userShrinkage) {
    this.items = items;
    this.scale = scale;
    this.mean = mean;
    this.itemBias = itemBias;
    this.userShrinkage = userShrinkage;
  }

  public ItemDictionary items() {
    return items;
  }

  public RatingScale scale() {
    return scale;
  }

  /** mu. */
  public double mean() {
    return mean;
  }

  /** 0 for items not in the dictionary, numbered -1. */
  public double itemBias(int item) {
    return item < 0 ? 0 : itemBias[item];
  }

  public double userShrinkage() {
    return userShrinkage;
  }

  /** Shrunk bias of a user with this history; items the model doesn't know count with bias 0. */
  public double userBias(History history) {
    double sum = 0;
    for (History.Entry entry : history.entries()) {
      sum += entry.strength() - mean - itemBias(items.indexOf(entry.item()));
    }
    return sum / (history.entries().size() + userShrinkage);
  }

  /** Clipped to the scale. */
  public double rating(double userBias, int item) {
    return scale.clip(mean + userBias + itemBias(item));
  }
}
