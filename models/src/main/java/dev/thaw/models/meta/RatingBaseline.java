package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strong baseline whose residuals are learned: {@code mu + b_u + b_i}, or these and {@code <p,
 * q_i>} of a factor model into which the support is folded. Immutable, thread-safe.
 */
final class RatingBaseline {
  private final BiasModel biases;
  private final @Nullable FactorModel factors;
  private final float[][] items;

  private RatingBaseline(BiasModel biases, @Nullable FactorModel factors) {
    this.biases = biases;
    this.factors = factors;
    this.items = new float[biases.items().size()][];
    for (int i = 0; i < items.length; i++) {
      items[i] = factors == null ? new float[0] : factor(factors, i);
    }
  }

  private static float[] factor(FactorModel factors, int item) {
    return Arrays.copyOf(factors.indexVector(item), factors.rank());
  }

  static RatingBaseline of(BiasModel biases) {
    return new RatingBaseline(biases, null);
  }

  static RatingBaseline of(FactorModel factors) {
    return new RatingBaseline(factors.biases(), factors);
  }

  BiasModel biases() {
    return biases;
  }

  ItemDictionary items() {
    return biases.items();
  }

  /** Length of a factor, 0 without. */
  int rank() {
    return factors == null ? 0 : factors.rank();
  }

  /** An item's factor, not to be changed. */
  float[] factor(int item) {
    return items[item];
  }

  UserVector user(History support) {
    return factors == null
        ? UserVector.copyOf(new float[0], biases.userBias(support))
        : factors.foldIn(support);
  }

  /** {@code b_i + <p, q_i>}. */
  double score(UserVector user, int item) {
    double sum = biases.itemBias(item);
    float[] q = items[item];
    for (int f = 0; f < q.length; f++) {
      sum += user.get(f) * q[f];
    }
    return sum;
  }

  /** Not clipped. */
  double rating(UserVector user, int item) {
    return biases.mean() + user.bias() + score(user, item);
  }

  /** The bias of the item of one entry of the training data as it would be without this entry. */
  double score(UserVector user, Interactions training, int entry) {
    int item = training.rowItem(entry);
    if (factors != null) {
      return score(user, item);
    }
    int n = training.columnLength(item);
    double sum = biases.itemBias(item) * (n + BiasModel.ITEM_SHRINKAGE);
    return (sum - (training.rowStrength(entry) - biases.mean()))
        / (n - 1 + BiasModel.ITEM_SHRINKAGE);
  }

  /** Clipped; {@code mu + b_u} for unknown items. */
  double clipped(UserVector user, ItemId item, double more) {
    int number = items().indexOf(item);
    return number < 0
        ? biases.rating(user.bias(), number)
        : biases.scale().clip(rating(user, number) + more);
  }

  void write(BinaryWriter out) {
    out.writeByte(factors == null ? 0 : 1);
    if (factors == null) {
      biases.write(out);
    } else {
      factors.write(out);
    }
  }

  static RatingBaseline read(BinaryReader in) {
    return in.readByte() == 0 ? of(BiasModel.read(in)) : of(FactorModel.read(in));
  }
}
