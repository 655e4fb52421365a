package dev.thaw.models.sequential;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.sequential.DinShape.Part;

/**
 * DIN: Zhou et al., Deep Interest Network for Click-Through Rate Prediction, KDD 2018. The newest
 * likes weigh differently for each candidate, as its activation unit says (equation 3, weights that
 * don't sum to one), and their weighted sum is judged together with the candidate. Units are
 * rectified linear ones. The order of the likes decides only which are looked at. Scores are the
 * softmax over the catalogue, whose items are those that anybody liked in training. Immutable,
 * thread-safe.
 */
public final class DinModel implements SequentialModel {
  static final int FORMAT = 2;

  private final DomainId domain;
  private final RatingScale scale;
  private final ItemDictionary items;
  private final int length;
  private final DinShape shape;
  private final ParameterLayout layout;
  private final float[] parameters;

  /**
   * What each item as a candidate adds to the activation unit, and to the layer before the score.
   */
  private final float[] inUnit;

  private final float[] inHidden;

  private DinModel(
      DomainId domain,
      RatingScale scale,
      ItemDictionary items,
      int length,
      DinShape shape,
      float[] parameters) {
    this.domain = domain;
    this.scale = scale;
    this.items = items;
    this.length = length;
    this.shape = shape;
    this.layout = shape.layout();
    this.parameters = parameters;
    this.inUnit = allItems(Part.UNIT_CANDIDATE, Part.UNIT_BIAS, shape.unit());
    this.inHidden = allItems(Part.CANDIDATE, Part.HIDDEN_BIAS, shape.hidden());
  }

  /**
   * @param parameters in the layout of the configuration's shape; copied
   */
  public static DinModel of(LikedSequences data, DinConfig config, float[] parameters) {
    DinShape shape = config.shape(data.items().size());
    int size = shape.layout().size();
    if (parameters.length != size) {
      throw new IllegalArgumentException(
          "DIN of " + data + " has " + size + " parameters, were " + parameters.length);
    }
    return new DinModel(
        data.domain(), data.scale(), data.items(), config.length(), shape, parameters.clone());
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public String name() {
    return "din";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public void score(History history, float[] out) {
    logits(sequence(history), out);
    Softmax.of(out, out.length);
  }

  @Override
  public int counted(History history) {
    return sequence(history).length;
  }

  private int[] sequence(History history) {
    return LikedSequences.of(history, scale, items, length);
  }

  /**
   * Unnormalised scores. O(items n d unit).
   *
   * @param sequence numbers of n liked items, oldest first; of more than the model's length the
   *     newest count
   */
  public void logits(int[] sequence, float[] out) {
    int from = Math.max(0, sequence.length - length);
    int[] liked = java.util.Arrays.copyOfRange(sequence, from, sequence.length);
    float[][] ofLiked = new float[liked.length][shape.unit()];
    float[][] ofProduct = new float[liked.length][];
    for (int j = 0; j < liked.length; j++) {
      multiply(parameters, row(liked[j]), offset(Part.UNIT_LIKED), ofLiked[j]);
      ofProduct[j] = scaled(liked[j]);
    }
    float[] interest = new float[shape.dimension()];
    float[] units = new float[shape.unit()];
    float[] hidden = new float[shape.hidden()];
    for (int item = 0; item < out.length; item++) {
      java.util.Arrays.fill(interest, 0);
      for (int j = 0; j < liked.length; j++) {
        float weight = weight(item, ofLiked[j], ofProduct[j], units);
        for (int i = 0, at = row(liked[j]); i < interest.length; i++, at++) {
          interest[i] += weight * parameters[at];
        }
      }
      out[item] = judged(item, interest, hidden);
    }
  }

  private float weight(int item, float[] ofLiked, float[] ofProduct, float[] units) {
    int n = units.length;
    for (int u = 0; u < n; u++) {
      units[u] = ofLiked[u] + inUnit[item * n + u];
    }
    multiply(parameters, row(item), 0, ofProduct, units);
    float weight = parameters[offset(Part.UNIT_OUTPUT_BIAS)];
    for (int u = 0, at = offset(Part.UNIT_OUTPUT); u < n; u++, at++) {
      weight += Math.max(0, units[u]) * parameters[at];
    }
    return weight;
  }

  private float judged(int item, float[] interest, float[] hidden) {
    int n = hidden.length;
    System.arraycopy(inHidden, item * n, hidden, 0, n);
    multiply(interest, 0, offset(Part.INTEREST), hidden);
    float[] product = new float[interest.length];
    for (int i = 0, at = row(item); i < product.length; i++, at++) {
      product[i] = interest[i] * parameters[at];
    }
    multiply(product, 0, offset(Part.PRODUCT), hidden);
    float score = parameters[offset(Part.ITEM_BIAS) + item];
    for (int u = 0, at = offset(Part.OUTPUT); u < n; u++, at++) {
      score += Math.max(0, hidden[u]) * parameters[at];
    }
    return score;
  }

  private float[] allItems(Part matrix, Part bias, int width) {
    float[] all = new float[items.size() * width];
    float[] one = new float[width];
    for (int item = 0; item < items.size(); item++) {
      System.arraycopy(parameters, offset(bias), one, 0, width);
      multiply(parameters, row(item), offset(matrix), one);
      System.arraycopy(one, 0, all, item * width, width);
    }
    return all;
  }

  /** The product's matrix with each row times a liked item's number: then it takes candidates. */
  private float[] scaled(int liked) {
    int width = shape.unit();
    float[] scaled = new float[shape.dimension() * width];
    for (int i = 0; i < shape.dimension(); i++) {
      for (int u = 0; u < width; u++) {
        scaled[i * width + u] =
            parameters[row(liked) + i] * parameters[offset(Part.UNIT_PRODUCT) + i * width + u];
      }
    }
    return scaled;
  }

  private void multiply(float[] row, int from, int matrix, float[] addTo) {
    multiply(row, from, matrix, parameters, addTo);
  }

  /** Adds a row vector of d numbers times a matrix. */
  private void multiply(float[] row, int from, int matrix, float[] of, float[] addTo) {
    int width = addTo.length;
    for (int i = 0, at = matrix; i < shape.dimension(); i++) {
      float value = row[from + i];
      for (int u = 0; u < width; u++, at++) {
        addTo[u] += value * of[at];
      }
    }
  }

  private int row(int item) {
    return offset(Part.ITEMS) + item * shape.dimension();
  }

  private int offset(Part part) {
    return layout.offset(part.ordinal());
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    items.write(out);
    out.writeCount(length).writeCount(shape.dimension());
    out.writeCount(shape.unit()).writeCount(shape.hidden());
    FloatArrays.write(out, parameters);
  }

  /** What follows the format. */
  static DinModel readRest(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    ItemDictionary items = ItemDictionary.read(in);
    int length = Math.toIntExact(in.readCount());
    DinShape shape =
        new DinShape(
            items.size(),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()));
    float[] parameters = FloatArrays.read(in);
    if (parameters.length != shape.layout().size()) {
      throw in.damaged(parameters.length + " parameters of " + shape);
    }
    return new DinModel(domain, scale, items, length, shape, parameters);
  }

  @Override
  public String toString() {
    return "DinModel[" + domain + ", " + shape + "]";
  }
}
