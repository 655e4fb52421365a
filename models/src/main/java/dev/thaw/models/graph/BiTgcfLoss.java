package dev.thaw.models.graph;

import dev.thaw.models.training.Dot;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Users of both domains met as if cold: their edges in the target are left out of the graph, and
 * the softmax over all target items has to find them again. Mean over these users of {@code -mean
 * log softmax(<u, v_i> + b_i)}. Parameters lie in one flat array: source items, target items (each
 * x rank), biases.
 */
final class BiTgcfLoss {
  private final SharedUsers shared;
  private final Bipartite source;
  private final int rank;
  private final double own;
  private final int sourceItems;
  private final int targetItems;

  /**
   * @param own see {@link Propagation}
   */
  BiTgcfLoss(SharedUsers shared, int rank, double own) {
    this.shared = shared;
    this.source = shared.sourceGraph();
    this.rank = rank;
    this.own = own;
    this.sourceItems = shared.source().items().size();
    this.targetItems = shared.target().items().size();
  }

  int parameters() {
    return (sourceItems + targetItems) * rank + targetItems;
  }

  /** Where the biases begin. */
  int biases() {
    return (sourceItems + targetItems) * rank;
  }

  Propagation propagation(BitSet cold) {
    return new Propagation(source, shared.targetGraph(cold), shared.users().size(), rank, own);
  }

  Propagation.Layers forward(Propagation propagation, double[] p) {
    return propagation.forward(
        Arrays.copyOfRange(p, 0, sourceItems * rank),
        Arrays.copyOfRange(p, sourceItems * rank, biases()));
  }

  /**
   * The loss.
   *
   * @param cold numbers of users without edges in the target
   * @param learned those of them that the loss is of
   * @param gradient gets the derivatives by the parameters added
   */
  double add(double[] p, BitSet cold, BitSet learned, double[] gradient) {
    Propagation propagation = propagation(cold);
    Propagation.Layers layers = forward(propagation, p);
    double[] ofUsers = new double[layers.users().length];
    double[] ofItems = new double[layers.targetItems().length];
    double[] chance = new double[targetItems];
    double sum = 0;
    int n = learned.cardinality();
    for (int user = learned.nextSetBit(0); user >= 0; user = learned.nextSetBit(user + 1)) {
      sum += chances(p, layers, user, chance) / n;
      for (int i = 0; i < targetItems; i++) {
        double rest = chance[i] / n;
        gradient[biases() + i] += rest;
        addScaled(rest, layers.targetItems(), i * rank, ofUsers, user * rank);
        addScaled(rest, layers.users(), user * rank, ofItems, i * rank);
      }
    }
    double[][] back = propagation.back(ofUsers, ofItems);
    for (int at = 0; at < back[0].length; at++) {
      gradient[at] += back[0][at];
    }
    for (int at = 0; at < back[1].length; at++) {
      gradient[back[0].length + at] += back[1][at];
    }
    return sum;
  }

  private void addScaled(double weight, double[] from, int fromAt, double[] to, int toAt) {
    for (int d = 0; d < rank; d++) {
      to[toAt + d] += weight * from[fromAt + d];
    }
  }

  /**
   * One user's loss.
   *
   * @param chance gets softmax less the share that each of the user's items should have
   */
  private double chances(double[] p, Propagation.Layers layers, int user, double[] chance) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < targetItems; i++) {
      double score =
          p[biases() + i]
              + Dot.of(layers.users(), user * rank, layers.targetItems(), i * rank, rank);
      chance[i] = score;
      highest = Math.max(highest, score);
    }
    int[] wanted = shared.items(user);
    double loss = 0;
    for (int item : wanted) {
      loss -= (chance[item] - highest) / wanted.length;
    }
    double total = 0;
    for (int i = 0; i < targetItems; i++) {
      chance[i] = Math.exp(chance[i] - highest);
      total += chance[i];
    }
    for (int i = 0; i < targetItems; i++) {
      chance[i] /= total;
    }
    for (int item : wanted) {
      chance[item] -= 1.0 / wanted.length;
    }
    return loss + Math.log(total);
  }
}
