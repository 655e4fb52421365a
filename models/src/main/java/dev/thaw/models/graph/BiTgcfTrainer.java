package dev.thaw.models.graph;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Adam;
import dev.thaw.models.training.EarlyStopping;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * BiTGCF, Liu et al., CIKM 2020, learned by softmax: in each step all target edges of a random
 * third of the overlap users are left out, and these users have to be told from their source
 * history. Stops by overlap users kept apart, whose target edges are in no step's graph.
 *
 * @param own share that a user keeps in the transfer, 1 for none; see {@link Propagation}
 * @param rate of Adam
 * @param decay weight of half the squared embeddings
 */
public record BiTgcfTrainer(int rank, double own, double rate, double decay, int steps) {
  public BiTgcfTrainer {
    if (rank < 1 || rank > 512 || steps < 1) {
      throw new IllegalArgumentException(
          "rank must be in [1, 512] and steps >= 1, were " + rank + " and " + steps);
    }
    if (!(own >= 0 && own <= 1) || !(rate > 0) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "own must be in [0, 1], rate > 0 and decay >= 0, were %s, %s and %s"
              .formatted(own, rate, decay));
    }
  }

  /** For a catalogue of about a thousand items. */
  public static final BiTgcfTrainer DEFAULT = new BiTgcfTrainer(32, 0.8, 0.02, 1e-5, 200);

  private static final double COLD = 0.3;
  private static final double STOPPING = 0.15;
  private static final int LOOK_EVERY = 10;
  private static final int PATIENCE = 3;

  /**
   * The same without mixing the two sides of users who are in both: its ablation. A user new to the
   * target is built from the source all the same, else there were nothing to rank by.
   */
  public BiTgcfTrainer withoutTransfer() {
    return new BiTgcfTrainer(rank, 1, rate, decay, steps);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "own", "" + own,
        "rate", "" + rate,
        "decay", "" + decay,
        "steps", "" + steps);
  }

  /**
   * O(steps (edges + overlap users x target items) rank).
   *
   * @param source all interactions there
   * @param target liked items there
   * @throws IllegalArgumentException if the domains share no user
   * @throws TrainingDivergedException if training diverges
   */
  public BiTgcf fit(Interactions source, Interactions target, RandomGenerator random) {
    SharedUsers shared = SharedUsers.of(source, target);
    int[] overlap = shared.overlap();
    if (overlap.length == 0) {
      throw new IllegalArgumentException(
          source.domain() + " and " + target.domain() + " must share users, share none");
    }
    BiTgcfLoss loss = new BiTgcfLoss(shared, rank, own);
    BitSet stopping = some(overlap, STOPPING, new BitSet(), random);
    double[] parameters = descend(shared, loss, initial(loss, target, random), stopping, random);
    return model(shared, loss, parameters);
  }

  private double[] initial(BiTgcfLoss loss, Interactions target, RandomGenerator random) {
    double[] parameters = new double[loss.parameters()];
    for (int at = 0; at < loss.biases(); at++) {
      parameters[at] = 0.1 * random.nextGaussian();
    }
    for (int i = 0; i < target.items().size(); i++) {
      parameters[loss.biases() + i] = Math.log1p(target.columnLength(i));
    }
    return parameters;
  }

  private double[] descend(
      SharedUsers shared,
      BiTgcfLoss loss,
      double[] initial,
      BitSet stopping,
      RandomGenerator random) {
    int[] overlap = shared.overlap();
    double runaway = 3 * Math.log(shared.target().items().size()) + 10;
    double[] parameters = initial.clone();
    EarlyStopping best = new EarlyStopping(initial);
    double[] gradient = new double[parameters.length];
    Adam adam = new Adam(parameters.length, rate);
    for (int step = 0; step < steps && best.sinceBest() < PATIENCE; step++) {
      BitSet cold = some(overlap, COLD, stopping, random);
      cold.or(stopping);
      Arrays.fill(gradient, 0);
      BitSet learned = (BitSet) cold.clone();
      learned.andNot(stopping);
      double reached = loss.add(parameters, cold, learned, gradient);
      if (!(reached <= runaway)) {
        throw new TrainingDivergedException(
            "BiTGCF " + shared.source().domain() + " -> " + shared.target().domain(),
            step + 1,
            rate,
            reached,
            runaway);
      }
      for (int at = 0; at < loss.biases(); at++) {
        gradient[at] += decay * parameters[at];
      }
      adam.step(parameters, gradient);
      if (step % LOOK_EVERY == LOOK_EVERY - 1) {
        best.offer(
            parameters, loss.add(parameters, stopping, stopping, new double[gradient.length]));
      }
    }
    return best.parameters();
  }

  private static BitSet some(int[] users, double share, BitSet others, RandomGenerator random) {
    BitSet some = new BitSet();
    for (int user : users) {
      some.set(user, !others.get(user) && random.nextDouble() < share);
    }
    return some;
  }

  private BiTgcf model(SharedUsers shared, BiTgcfLoss loss, double[] parameters) {
    Propagation.Layers layers = loss.forward(loss.propagation(new BitSet()), parameters);
    Bipartite source = shared.sourceGraph();
    float[] sourceItems = new float[layers.sourceItems().length];
    for (int at = 0; at < sourceItems.length; at++) {
      sourceItems[at] = (float) (layers.sourceItems()[at] * source.itemNorm(at / rank));
    }
    double[] biases = Arrays.copyOfRange(parameters, loss.biases(), parameters.length);
    return new BiTgcf(
        new SourcePropagation(shared.source().items(), rank, sourceItems),
        shared.target().items(),
        items(shared.targetGraph(new BitSet()), layers.targetItems(), biases));
  }

  /**
   * Softmax knows no zero of the biases; with the least of them there, what is left out, whose
   * scores are zeros, does not come before what is known.
   */
  private float[] items(Bipartite target, double[] propagated, double[] biases) {
    double least = Arrays.stream(biases).min().orElse(0);
    float[] vectors = new float[biases.length * (rank + 1)];
    for (int i = 0; i < biases.length; i++) {
      if (target.itemNorm(i) > 0) {
        int to = i * (rank + 1);
        for (int d = 0; d < rank; d++) {
          vectors[to + d] = (float) propagated[i * rank + d];
        }
        vectors[to + rank] = (float) (biases[i] - least);
      }
    }
    return vectors;
  }
}
