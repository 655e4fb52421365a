package dev.thaw.models.factors;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * The user-and-item-bias baseline {@code mu + b_i + b_u}, biases shrunk: {@code b_i = sum(r - mu) /
 * (n_i + itemShrinkage)}, {@code b_u = sum(r - mu - b_i) / (n_u + userShrinkage)}. Koren, KDD 2008,
 * section 2.1. Immutable, thread-safe.
 */
public final class BiasModel {
  /** Shrinkages that did best on validation users of MovieLens and Amazon ratings. */
  public static final double ITEM_SHRINKAGE = 5;

  public static final double USER_SHRINKAGE = 5;

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
    if (itemBias.length != items.size()) {
      throw new IllegalArgumentException(
          "needs one bias per item, had " + itemBias.length + " for " + items.size());
    }
    this.items = items;
    this.scale = scale;
    this.mean = mean;
    this.itemBias = itemBias;
    this.userShrinkage = userShrinkage;
  }

  public static BiasModel fit(Interactions ratings, RatingScale scale) {
    return fit(ratings, scale, ITEM_SHRINKAGE, USER_SHRINKAGE);
  }

  /** One pass over the entries. */
  public static BiasModel fit(
      Interactions ratings, RatingScale scale, double itemShrinkage, double userShrinkage) {
    FactorBounds.checkShrinkage(itemShrinkage, userShrinkage);
    double mean = ratings.mean();
    float[] bias = new float[ratings.items().size()];
    for (int i = 0; i < bias.length; i++) {
      double sum = 0;
      for (int at = ratings.columnStart(i); at < ratings.columnStart(i + 1); at++) {
        sum += ratings.columnStrength(at) - mean;
      }
      bias[i] = itemBias(sum, ratings.columnLength(i), itemShrinkage);
    }
    return new BiasModel(ratings.items(), scale, mean, bias, userShrinkage);
  }

  /**
   * b_i of an item.
   *
   * @param sum of {@code r - mu} over its n ratings
   */
  static float itemBias(double sum, int n, double shrinkage) {
    return n == 0 ? 0 : (float) (sum / (n + shrinkage));
  }

  public void write(BinaryWriter out) {
    items.write(out);
    scale.write(out);
    out.writeDouble(mean).writeDouble(userShrinkage);
    FloatArrays.write(out, itemBias);
  }

  public static BiasModel read(BinaryReader in) {
    ItemDictionary items = ItemDictionary.read(in);
    RatingScale scale = RatingScale.read(in);
    double mean = in.readDouble();
    double userShrinkage = in.readDouble();
    return new BiasModel(items, scale, mean, FloatArrays.read(in), userShrinkage);
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

  /** A copy, by number. */
  float[] itemBiases() {
    return itemBias.clone();
  }

  public double userShrinkage() {
    return userShrinkage;
  }

  /** Shrunk bias of a user with this history; items the model doesn't know count with bias 0. */
  public double userBias(History history) {
    return residuals(history) / (history.entries().size() + userShrinkage);
  }

  /** Sum of {@code r - mu - b_i} over a history. */
  public double residuals(History history) {
    double sum = 0;
    for (History.Entry entry : history.entries()) {
      sum += entry.strength() - mean - itemBias(items.indexOf(entry.item()));
    }
    return sum;
  }

  /** Shrunk biases of all users of a matrix with the model's items, by number. */
  double[] userBiases(Interactions ratings) {
    double[] biases = new double[ratings.users().size()];
    for (int u = 0; u < biases.length; u++) {
      double sum = 0;
      for (int at = ratings.rowStart(u); at < ratings.rowStart(u + 1); at++) {
        sum += ratings.rowStrength(at) - mean - itemBias[ratings.rowItem(at)];
      }
      biases[u] = sum / (ratings.rowLength(u) + userShrinkage);
    }
    return biases;
  }

  /**
   * Root mean square of what the biases leave of the ratings they were fitted to: the unit of the
   * lambdas of rating models, which must not depend on the scale. 1 where they leave nothing.
   */
  public double deviation(Interactions ratings) {
    double[] userBias = userBiases(ratings);
    double squares = 0;
    for (int u = 0; u < userBias.length; u++) {
      for (int at = ratings.rowStart(u); at < ratings.rowStart(u + 1); at++) {
        double left = ratings.rowStrength(at) - mean - userBias[u] - itemBias[ratings.rowItem(at)];
        squares += left * left;
      }
    }
    return deviation(squares, ratings.size());
  }

  /**
   * @param squares sum over so many entries
   */
  static double deviation(double squares, double entries) {
    return squares > 0 ? Math.sqrt(squares / entries) : 1;
  }

  /** {@code mu + b_u + b_i} clipped to the scale. */
  public double rating(double userBias, int item) {
    return scale.clip(mean + userBias + itemBias(item));
  }
}
