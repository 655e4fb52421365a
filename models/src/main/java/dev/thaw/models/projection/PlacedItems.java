package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FoldedItem;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where items with interactions stand in the factor space: an anchor that their likes give, and how
 * far they follow their projection, {@code v = anchor + followed * projected}. With the content
 * they had in training that is exactly where {@link ItemPlacer} put them; another content moves
 * them as far as their likes let it. Immutable, thread-safe.
 */
public final class PlacedItems {
  /** Below it the projection has no say, and need not be made. */
  private static final double LEAST = 0.01;

  private final PriorStrength strength;
  private final ItemDictionary items;
  private final float[] followed;
  private final float[] anchors;

  private PlacedItems(
      PriorStrength strength, ItemDictionary items, float[] followed, float[] anchors) {
    if (followed.length != items.size()
        || (items.size() > 0 && anchors.length % items.size() != 0)) {
      throw new IllegalArgumentException(
          items.size()
              + " items need a weight and an anchor each, had "
              + followed.length
              + " and "
              + anchors.length
              + " components");
    }
    this.strength = strength;
    this.items = items;
    this.followed = followed;
    this.anchors = anchors;
  }

  /** No item: those that the factors know stand where they were learned. */
  public static final PlacedItems NONE =
      new PlacedItems(
          PriorStrength.UNMEASURED, ItemDictionary.of(List.of()), new float[0], new float[0]);

  /**
   * @param projected what the place was made around, of length d + 1
   */
  record Placed(FoldedItem place, float[] projected) {}

  static PlacedItems of(PriorStrength strength, int rank, Map<ItemId, Placed> placed) {
    ItemDictionary items = ItemDictionary.of(placed.keySet());
    float[] followed = new float[items.size()];
    float[] anchors = new float[items.size() * (rank + 1)];
    placed.forEach(
        (item, each) -> {
          int number = items.indexOf(item);
          double weight = each.place.followed();
          followed[number] = weight < LEAST ? 0 : (float) weight;
          float[] vector = each.place.vector();
          for (int i = 0; i <= rank; i++) {
            anchors[number * (rank + 1) + i] = vector[i] - followed[number] * each.projected[i];
          }
        });
    return new PlacedItems(strength, items, followed, anchors);
  }

  /** By which they were placed and others would be. */
  public PriorStrength strength() {
    return strength;
  }

  public int size() {
    return items.size();
  }

  /**
   * How far an item follows its projection, in [0, 1].
   *
   * @param learned whether the factors know it
   */
  public double followed(ItemId item, boolean learned) {
    int number = items.indexOf(item);
    if (number < 0) {
      return learned ? 0 : 1;
    }
    return followed[number];
  }

  /**
   * {@code [q; b]} of length d + 1: of a placed item its place, of another what was learned, else
   * what was projected. A placed item whose projection is missing stands where it was learned.
   *
   * @param learned null for an item that the factors don't know
   * @param projected null where there is none
   */
  public float @Nullable [] place(
      ItemId item, float @Nullable [] learned, float @Nullable [] projected) {
    int number = items.indexOf(item);
    if (number < 0) {
      return learned == null ? projected : learned;
    }
    int length = anchors.length / items.size();
    float[] anchor = Arrays.copyOfRange(anchors, number * length, (number + 1) * length);
    float weight = followed[number];
    if (weight == 0) {
      return anchor;
    }
    if (projected == null) {
      return learned;
    }
    for (int i = 0; i < length; i++) {
      anchor[i] += weight * projected[i];
    }
    return anchor;
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    strength.write(out);
    items.write(out);
    FloatArrays.write(out, followed);
    FloatArrays.write(out, anchors);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static PlacedItems read(BinaryReader in) {
    return new PlacedItems(
        PriorStrength.read(in),
        ItemDictionary.read(in),
        FloatArrays.read(in),
        FloatArrays.read(in));
  }
}
