package dev.thaw.models.sequential;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * SASRec: Kang and McAuley, Self-Attentive Sequential Recommendation, ICDM 2018. Scores are the
 * probabilities of each item to be liked next, by the newest likes of a history in their order.
 * Items share their embeddings between input and output and have a bias, which starts at the
 * logarithm of how often they are liked. Its items are those that anybody liked in training.
 * Immutable, thread-safe.
 */
public final class SasrecModel implements SequentialModel {
  static final int FORMAT = 1;

  private final DomainId domain;
  private final RatingScale scale;
  private final ItemDictionary items;
  private final SasrecShape shape;
  private final float[] parameters;
  private final SasrecForward forward;

  private SasrecModel(
      DomainId domain,
      RatingScale scale,
      ItemDictionary items,
      SasrecShape shape,
      float[] parameters) {
    this.domain = domain;
    this.scale = scale;
    this.items = items;
    this.shape = shape;
    this.parameters = parameters;
    this.forward = new SasrecForward(shape, parameters);
  }

  /**
   * @param parameters in the layout of the configuration's shape; copied
   */
  public static SasrecModel of(LikedSequences data, SasrecConfig config, float[] parameters) {
    SasrecShape shape = config.shape(data.items().size());
    int size = shape.layout().size();
    if (parameters.length != size) {
      throw new IllegalArgumentException(
          shape + " has " + size + " parameters, were " + parameters.length);
    }
    return new SasrecModel(data.domain(), data.scale(), data.items(), shape, parameters.clone());
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public String name() {
    return "sasrec";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public int counted(History history) {
    return sequence(history).length;
  }

  /** An empty history has an answer, too. */
  @Override
  public void score(History history, float[] out) {
    logits(sequence(history), out);
    Softmax.of(out, out.length);
  }

  private int[] sequence(History history) {
    return LikedSequences.of(history, scale, items, shape.length());
  }

  /**
   * Unnormalised log-probabilities.
   *
   * @param sequence numbers of items, oldest first; of more than the model's length the newest
   *     count
   */
  public void logits(int[] sequence, float[] out) {
    int from = Math.max(0, sequence.length - shape.length());
    forward.logits(java.util.Arrays.copyOfRange(sequence, from, sequence.length), out);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    items.write(out);
    out.writeCount(shape.dimension()).writeCount(shape.length()).writeCount(shape.blocks());
    FloatArrays.write(out, parameters);
  }

  /** What follows the format. */
  static SasrecModel readRest(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    ItemDictionary items = ItemDictionary.read(in);
    SasrecShape shape =
        new SasrecShape(
            items.size(),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()));
    float[] parameters = FloatArrays.read(in);
    if (parameters.length != shape.layout().size()) {
      throw in.damaged(parameters.length + " parameters of " + shape);
    }
    return new SasrecModel(domain, scale, items, shape, parameters);
  }

  @Override
  public String toString() {
    return "SasrecModel[" + domain + ", " + shape + "]";
  }
}
