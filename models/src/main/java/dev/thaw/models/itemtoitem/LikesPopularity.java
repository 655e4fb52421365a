package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;

/**
 * How many users like an item, whatever the history. Beside the logarithm that {@link
 * ItemToItemModel} adds it tells the few items that most users like from all others. Immutable,
 * thread-safe.
 */
final class LikesPopularity implements LikesRanker {
  static final String NAME = "popularity";
  private static final int FORMAT = 1;

  private final DomainId domain;
  private final ItemDictionary items;
  private final RatingScale scale;
  private final float[] counts;

  private LikesPopularity(
      DomainId domain, ItemDictionary items, RatingScale scale, float[] counts) {
    this.domain = domain;
    this.items = items;
    this.scale = scale;
    this.counts = counts;
  }

  /**
   * @param positives interactions that the users liked
   */
  static LikesPopularity fit(Interactions positives, RatingScale scale) {
    float[] counts = new float[positives.items().size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = positives.columnLength(item);
    }
    return new LikesPopularity(positives.domain(), positives.items(), scale, counts);
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public RatingScale scale() {
    return scale;
  }

  @Override
  public LikesPopularityConfig config() {
    return new LikesPopularityConfig();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public boolean knows(int item) {
    return counts[item] > 0;
  }

  @Override
  public void score(History history, float[] out) {
    for (int item = 0; item < out.length; item++) {
      out[item] = knows(item) ? counts[item] : Float.NEGATIVE_INFINITY;
    }
  }

  /** All of the model; {@link #read} gives an equal one. */
  void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    items.write(out);
    FloatArrays.write(out, counts);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  static LikesPopularity read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    ItemDictionary items = ItemDictionary.read(in);
    float[] counts = FloatArrays.read(in);
    if (counts.length != items.size()) {
      throw in.damaged(counts.length + " popularities of " + items.size() + " items");
    }
    return new LikesPopularity(domain, items, scale, counts);
  }

  @Override
  public String toString() {
    return "LikesPopularity[" + domain + ", " + items.size() + " items]";
  }
}
