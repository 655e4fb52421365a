package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * Ranks by what is liked together with the n liked items of a history:
 *
 * <pre>score(i) = w log(c_i + 1) + n^-e sum_j s_ji</pre>
 *
 * with {@code c_i} users who like i and {@code s_ji} of a {@link Similarity}. O(items + n
 * neighbours). Immutable, thread-safe.
 */
public final class ItemToItemModel implements LikesRanker {
  private static final int FORMAT = 1;
  private final DomainId domain;
  private final ItemDictionary items;
  private final RatingScale scale;
  private final ItemToItemConfig config;
  private final float[] logPopularity;

  /** By liked item: the weights of the items it speaks for. */
  private final SparseRow[] weights;

  ItemToItemModel(
      DomainId domain,
      ItemDictionary items,
      RatingScale scale,
      ItemToItemConfig config,
      float[] logPopularity,
      SparseRow[] weights) {
    this.domain = domain;
    this.items = items;
    this.scale = scale;
    this.config = config;
    this.logPopularity = logPopularity;
    this.weights = weights;
  }

  /**
   * The same weights with another share of popularity and another power of the history's length.
   */
  public ItemToItemModel with(double popularityWeight, double historyPower) {
    return new ItemToItemModel(
        domain, items, scale, config.with(popularityWeight, historyPower), logPopularity, weights);
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public ItemToItemConfig config() {
    return config;
  }

  @Override
  public RatingScale scale() {
    return scale;
  }

  @Override
  public String name() {
    return config.similarity().label();
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  /**
   * Items of the history that were not liked or not trained on have no part in the sum; items that
   * nobody liked come last.
   */
  @Override
  public void score(History history, float[] out) {
    for (int item = 0; item < out.length; item++) {
      out[item] =
          knows(item)
              ? (float) (config.popularityWeight() * logPopularity[item])
              : Float.NEGATIVE_INFINITY;
    }
    float share = (float) Math.pow(Math.max(1, counted(history)), -config.historyPower());
    for (History.Entry entry : history.entries()) {
      if (counts(entry)) {
        weights[items.indexOf(entry.item())].addTo(out, share);
      }
    }
  }

  /** Whether an item was liked by anybody. */
  @Override
  public boolean knows(int item) {
    return logPopularity[item] > 0;
  }

  /** All of the model; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    out.writeText(config.similarity().name()).writeCount(config.neighbours());
    out.writeDouble(config.strength()).writeDouble(config.popularityWeight());
    out.writeDouble(config.historyPower());
    items.write(out);
    FloatArrays.write(out, logPopularity);
    for (SparseRow row : weights) {
      row.write(out);
    }
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static ItemToItemModel read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    ItemToItemConfig config =
        new ItemToItemConfig(
            Similarity.valueOf(in.readText()),
            Math.toIntExact(in.readCount()),
            in.readDouble(),
            in.readDouble(),
            in.readDouble());
    ItemDictionary items = ItemDictionary.read(in);
    float[] logPopularity = FloatArrays.read(in);
    if (logPopularity.length != items.size()) {
      throw in.damaged(logPopularity.length + " popularities of " + items.size() + " items");
    }
    SparseRow[] weights = new SparseRow[items.size()];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = SparseRow.read(in, items.size());
    }
    return new ItemToItemModel(domain, items, scale, config, logPopularity, weights);
  }

  @Override
  public String toString() {
    return "ItemToItemModel[" + domain + ", " + config + ", " + items.size() + " items]";
  }
}
