package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.RatingShare;
import dev.thaw.models.factors.SentFactors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that a task was told of one model in one step, in the order of the blocks that said it. */
final class Inbox {
  private final Map<Integer, FactorBlock> states = new TreeMap<>();
  private final Map<Integer, TreeMap<Integer, RatingShare>> shares = new TreeMap<>();
  private final Map<Integer, TreeMap<Integer, double[]>> biases = new TreeMap<>();
  private final TreeMap<Integer, SentFactors> factors = new TreeMap<>();
  private final TreeMap<Integer, double[]> totals = new TreeMap<>();
  private final TreeMap<Integer, double[]> grams = new TreeMap<>();
  private @Nullable ModelPlan plan;

  void add(BlockMessage message) {
    switch (message.kind) {
      case STATE -> {
        states.put(message.from, Objects.requireNonNull(message.block));
        plan = message.plan == null ? plan : message.plan;
      }
      case RATINGS ->
          of(shares, message.to).put(message.from, Objects.requireNonNull(message.share));
      case BIASES ->
          of(biases, message.to).put(message.from, Objects.requireNonNull(message.numbers));
      case FACTORS -> factors.put(message.from, Objects.requireNonNull(message.factors));
      case TOTALS -> totals.put(message.from, Objects.requireNonNull(message.numbers));
      case GRAM -> grams.put(message.from, Objects.requireNonNull(message.numbers));
      case PLAN -> plan = Objects.requireNonNull(message.plan);
    }
  }

  private static <V> TreeMap<Integer, V> of(Map<Integer, TreeMap<Integer, V>> byBlock, int to) {
    return byBlock.computeIfAbsent(to, any -> new TreeMap<>());
  }

  /** Blocks that have a part in the step here, ascending. */
  Set<Integer> blocks() {
    Set<Integer> blocks = new TreeSet<>(states.keySet());
    blocks.addAll(shares.keySet());
    return blocks;
  }

  /** A block as the last step of its side left it; it is not kept here any longer. */
  FactorBlock take(int block) {
    return Objects.requireNonNull(states.remove(block));
  }

  /** What the blocks of users have of a block of items; not kept here any longer. */
  List<RatingShare> takeShares(int block) {
    return List.copyOf(Objects.requireNonNull(shares.remove(block)).values());
  }

  @Nullable ModelPlan plan() {
    return plan;
  }

  /** Of all blocks of users. */
  double[] totals() {
    double[] sum = new double[2];
    for (double[] part : totals.values()) {
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return sum;
  }

  /** Biases of the other side for a block, one sender after the other. */
  double[] biases(int block) {
    return of(biases, block).values().stream().flatMapToDouble(Arrays::stream).toArray();
  }

  List<double[]> grams() {
    return List.copyOf(grams.values());
  }

  /** Factors of the other side for a block, one sender after the other. */
  float[] factors(int block, int rank) {
    int rows = factors.values().stream().mapToInt(sent -> sent.rowsFor(block)).sum();
    float[] all = new float[rows * rank];
    int at = 0;
    for (SentFactors sent : factors.values()) {
      sent.copy(block, rank, all, at);
      at += sent.rowsFor(block) * rank;
    }
    return all;
  }
}
