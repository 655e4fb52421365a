package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.keyed.Decay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Most interacted items of one domain and segment, decayed by half-life, in bounded space. Mutable;
 * belongs to one thread.
 *
 * <p>Counters are those of Misra and Gries ("Finding repeated elements", 1982), pruned in batches:
 * past {@code 2 * capacity} items, the weight of the {@code capacity + 1}-th is taken from all and
 * those without any left go. A score is never above the true one, and below it by at most {@code
 * (total weight) / (capacity + 1)}; exact as long as there were at most {@code 2 * capacity} items.
 *
 * <p>Decay is forward (Cormode et al., "Forward decay", ICDE 2009): weights are {@code 2^((t - L) /
 * h)} from a landmark {@code L}, so that nothing is touched as time passes and late interactions
 * weigh what they should; the landmark moves before weights overflow. O(1) an interaction,
 * amortised.
 */
public final class PopularItems {
  private static final int MAGIC = 'P';
  private static final int VERSION = 1;
  private static final double MAX_EXPONENT = 256;
  private static final Comparator<Popular> ORDER =
      Comparator.comparingDouble(Popular::score).reversed().thenComparing(Popular::item);

  /** A weight from the landmark. */
  private static final class Weight {
    double value;

    Weight(double value) {
      this.value = value;
    }
  }

  private final Decay decay;
  private final int capacity;
  private final Map<String, Weight> weights = new HashMap<>();
  private long landmark = Long.MIN_VALUE;
  private long frontier = Long.MIN_VALUE;
  private double pruned;

  /**
   * @param capacity items certainly kept, at least 1; a list of n wants some 10 n
   */
  public PopularItems(Duration halfLife, int capacity) {
    if (capacity < 1 || capacity > 1_000_000) {
      throw new IllegalArgumentException("capacity must be in [1, 1000000], was " + capacity);
    }
    this.decay = new Decay(halfLife);
    this.capacity = capacity;
  }

  /** An item with its decayed number of interactions. */
  public record Popular(ItemId item, double score) {}

  /** Counts one interaction. */
  public void add(ItemId item, long timeMillis) {
    add(item, timeMillis, 1);
  }

  /**
   * Counts interactions at once.
   *
   * @param amount above 0
   */
  public void add(ItemId item, long timeMillis, double amount) {
    if (!(amount > 0 && amount < 1e12)) {
      throw new IllegalArgumentException("amount must be in (0, 1e12), was " + amount);
    }
    frontier = Math.max(frontier, timeMillis);
    if (landmark == Long.MIN_VALUE) {
      landmark = timeMillis;
    }
    if (timeMillis - landmark > MAX_EXPONENT * decay.halfLifeMillis()) {
      moveLandmark(timeMillis);
    }
    double weight = amount / decay.weight((double) timeMillis - landmark);
    if (weight < Double.MIN_NORMAL) {
      return;
    }
    Weight known = weights.get(item.value());
    if (known != null) {
      known.value += weight;
      return;
    }
    weights.put(item.value(), new Weight(weight));
    if (weights.size() > 2 * capacity) {
      prune();
    }
  }

  private void moveLandmark(long to) {
    double shrink = decay.weight((double) to - landmark);
    weights.values().forEach(weight -> weight.value *= shrink);
    weights.values().removeIf(weight -> weight.value < Double.MIN_NORMAL);
    pruned *= shrink;
    landmark = to;
  }

  private void prune() {
    double[] sorted = sortedWeights();
    double cut = sorted[sorted.length - capacity - 1];
    weights.values().forEach(weight -> weight.value -= cut);
    weights.values().removeIf(weight -> weight.value <= 0);
    pruned += cut;
  }

  /** Forgets an item. */
  public void remove(ItemId item) {
    weights.remove(item.value());
  }

  public boolean isEmpty() {
    return weights.isEmpty();
  }

  /** Newest interaction, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier() {
    return frontier;
  }

  /** How far scores as of an instant may lie below the true ones. */
  public double maxError(long atMillis) {
    return pruned * scale(atMillis);
  }

  private double scale(long atMillis) {
    return landmark == Long.MIN_VALUE ? 0 : decay.weight((double) atMillis - landmark);
  }

  /** The n most popular items as of an instant, most popular first, ties by id. */
  public List<Popular> top(int n, long atMillis) {
    if (n < 0) {
      throw new IllegalArgumentException("n must be >= 0, was " + n);
    }
    double scale = scale(atMillis);
    double least = leastOfTop(n);
    List<Popular> top = new ArrayList<>(Math.min(n, weights.size()) + 1);
    weights.forEach(
        (item, weight) -> {
          if (weight.value >= least) {
            top.add(new Popular(ItemId.of(item), weight.value * scale));
          }
        });
    top.sort(ORDER);
    return List.copyOf(top.subList(0, Math.min(n, top.size())));
  }

  /** Weight of the n-th item, so that only those that can be listed are made and sorted. */
  private double leastOfTop(int n) {
    if (n >= weights.size()) {
      return 0;
    }
    double[] sorted = sortedWeights();
    return n == 0 ? Double.POSITIVE_INFINITY : sorted[sorted.length - n];
  }

  private double[] sortedWeights() {
    double[] sorted = weights.values().stream().mapToDouble(weight -> weight.value).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * The row of the view {@code popularity} as of the frontier.
   *
   * @throws IllegalArgumentException if nothing was ever counted
   */
  public FeatureRow row(EntityKey key, int n) {
    if (frontier == Long.MIN_VALUE) {
      throw new IllegalArgumentException("popularity without events has no row, key was " + key);
    }
    List<Popular> top = top(n, frontier);
    return new FeatureRow(
        key,
        Map.of(
            "item_ids",
            new FeatureValue.Texts(top.stream().map(popular -> popular.item().value()).toList()),
            "scores",
            FeatureValue.Float64s.copyOf(top.stream().mapToDouble(Popular::score).toArray())),
        Instant.ofEpochMilli(frontier));
  }

  /** An independent copy. */
  public PopularItems copy() {
    PopularItems copy = new PopularItems(Duration.ofMillis(decay.halfLifeMillis()), capacity);
    weights.forEach((item, weight) -> copy.weights.put(item, new Weight(weight.value)));
    copy.landmark = landmark;
    copy.frontier = frontier;
    copy.pruned = pruned;
    return copy;
  }

  /** The same for the same content, whatever the order of arrival. */
  public byte[] toBytes() {
    BinaryWriter out =
        new BinaryWriter(48 + 24 * weights.size()).writeByte(MAGIC).writeByte(VERSION);
    out.writeCount(decay.halfLifeMillis()).writeCount(capacity);
    out.writeLong(landmark).writeLong(frontier).writeDouble(pruned).writeCount(weights.size());
    weights.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> out.writeText(entry.getKey()).writeDouble(entry.getValue().value));
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not popular items, or damaged
   */
  public static PopularItems fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("popular items", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    PopularItems items =
        new PopularItems(
            Duration.ofMillis(in.readCount()), (int) Math.min(in.readCount(), Integer.MAX_VALUE));
    items.landmark = in.readLong();
    items.frontier = in.readLong();
    items.pruned = in.readDouble();
    int size = in.readSize(9);
    for (int i = 0; i < size; i++) {
      items.weights.put(in.readText(), new Weight(in.readDouble()));
    }
    in.requireEnd();
    return items;
  }
}
